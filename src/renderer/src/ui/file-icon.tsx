import {
  Bug,
  Download,
  File,
  FileArchive,
  FileCode,
  FileImage,
  FilePlay,
  FileSpreadsheet,
  FileText,
  Folder,
  FolderOpen,
  Hammer,
  type LucideIcon,
  Share2,
  Upload,
} from 'lucide-react'
import type { ReactElement } from 'react'
import { classes } from './classes.ts'
import styles from './file-icon.module.css'

type Kind = 'image' | 'table' | 'document' | 'text' | 'code' | 'media' | 'archive' | 'other'

const directoryIcons: Readonly<Record<string, LucideIcon>> = {
  uploads: Upload,
  downloads: Download,
  workspace: Hammer,
  shared: Share2,
  debug: Bug,
}

const icons: Readonly<Record<Kind, LucideIcon>> = {
  image: FileImage,
  table: FileSpreadsheet,
  document: FileText,
  text: FileText,
  code: FileCode,
  media: FilePlay,
  archive: FileArchive,
  other: File,
}

const endings: Readonly<Record<Exclude<Kind, 'other'>, string>> = {
  image: 'png jpg jpeg gif webp avif svg bmp ico heic tif tiff',
  table: 'csv tsv xls xlsx ods parquet',
  document: 'pdf doc docx odt ppt pptx odp rtf',
  text: 'txt md log text',
  code: 'json jsonl xml html htm css js mjs ts tsx jsx py rb go rs java c h cpp sh yml yaml toml sql ipynb',
  media: 'mp4 webm mov mkv mp3 wav ogg flac m4a avi',
  archive: 'zip gz tgz tar 7z rar bz2 xz zst',
}

const kindOfEnding = new Map(
  Object.entries(endings).flatMap(([kind, names]) => names.split(' ').map((name) => [name, kind as Kind] as const)),
)

/** What kind of file a name and a MIME type tell of. */
function fileKind(name: string, mimeType: string | null): Kind {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  const known = kindOfEnding.get(ending)
  if (known) return known
  const [family] = (mimeType ?? '').split('/')
  if (family === 'image') return 'image'
  if (family === 'audio' || family === 'video') return 'media'
  return family === 'text' ? 'text' : 'other'
}

type FileIconProps = {
  readonly kind: 'directory' | 'folder' | 'file'
  readonly name: string
  readonly mimeType: string | null
  readonly open?: boolean
  readonly size?: number
}

/** Drawn once each: an element that is the same as before costs a row that takes another file nothing. */
const drawn = new Map<string, ReactElement>()

export function FileIcon({ kind, name, mimeType, open = false, size = 16 }: FileIconProps) {
  const type = kind === 'file' ? fileKind(name, mimeType) : 'folder'
  const folderIcon = open ? FolderOpen : Folder
  const Icon =
    type === 'folder' ? ((kind === 'directory' ? directoryIcons[name] : undefined) ?? folderIcon) : icons[type]
  const key = `${Icon.displayName}/${type}/${size}`
  const known = drawn.get(key)
  if (known) return known
  const icon = <Icon aria-hidden size={size} strokeWidth={1.75} className={classes(styles.icon, styles[type])} />
  drawn.set(key, icon)
  return icon
}
