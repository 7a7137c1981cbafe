import { typeGroups } from '../../../shared/file-types.ts'
import { extensionOf } from '../../../shared/languages.ts'

export type FileType = keyof typeof typeGroups

/** What the type filter offers, and what summaries count by. Files are kept by their place in this order. */
export const fileTypes = Object.keys(typeGroups) as readonly FileType[]

const extensions: Readonly<Record<Exclude<FileType, 'other'>, string>> = {
  image: 'png jpg jpeg gif webp avif bmp ico svg tif tiff heic',
  video: 'mp4 webm mov mkv avi m4v mpg mpeg',
  audio: 'mp3 wav ogg oga flac m4a aac opus',
  pdf: 'pdf',
  document: 'doc docx odt rtf pages epub',
  spreadsheet: 'xls xlsx xlsm ods csv tsv numbers',
  presentation: 'ppt pptx odp key',
  'web page': 'html htm xhtml mhtml mht',
  data: 'json jsonl ndjson xml yaml yml toml parquet sqlite db har',
  code: 'js mjs cjs jsx ts mts cts tsx py rb go rs java kt c h cc cpp hpp cs php swift sh bash ps1 sql css scss vue lua r',
  text: 'txt log md markdown rst ini cfg conf env',
  archive: 'zip tar gz tgz bz2 xz zst 7z rar',
}

const byExtension = new Map<string, FileType>(
  Object.entries(extensions).flatMap(([type, list]) =>
    list.split(' ').map((each) => [each, type as FileType] as const),
  ),
)

/** Whether a text is the beginning of a type's name, or of an ending that is known to tell one. */
export function beginsFileType(text: string): boolean {
  return [...fileTypes, ...byExtension.keys()].some((each) => each.startsWith(text))
}

const byMimeType: readonly (readonly [RegExp, FileType])[] = [
  [/^image\//, 'image'],
  [/^video\//, 'video'],
  [/^audio\//, 'audio'],
  [/^application\/pdf$/, 'pdf'],
  [/spreadsheet|excel|^text\/(csv|tab-separated-values)$/, 'spreadsheet'],
  [/presentation|powerpoint/, 'presentation'],
  [/wordprocessing|msword|opendocument\.text|rtf$|epub/, 'document'],
  [/^text\/html$|xhtml/, 'web page'],
  [/json|xml|yaml|toml|parquet|sqlite/, 'data'],
  [/javascript|typescript|x-python|x-sh|^text\/(css|x-|javascript)/, 'code'],
  [/zip|x-tar|gzip|x-7z|x-rar|x-bzip|x-xz|zstd/, 'archive'],
]

/**
 * The type of a file, by its MIME type where that says something, otherwise by its name.
 *
 * `text/plain` and `application/octet-stream` are what servers say when they do not know: there the name decides.
 */
export function fileTypeOf(mimeType: string, name: string): FileType {
  return (
    typeOfMimeType(mimeType) ?? byExtension.get(extensionOf(name)) ?? (mimeType.startsWith('text/') ? 'text' : 'other')
  )
}

/** The type that a MIME type alone tells, or null. */
export function typeOfMimeType(mimeType: string): FileType | null {
  const bare = mimeType.toLowerCase().split(';', 1)[0]?.trim() ?? ''
  return byMimeType.find(([pattern]) => pattern.test(bare))?.[1] ?? null
}
