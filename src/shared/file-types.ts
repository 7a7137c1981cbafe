import { describeLanguage, extensionOf, findLanguage } from './languages.ts'

type FileType = readonly [name: string, endings: string, ...mimeTypes: string[]]

/**
 * What the types of files are called, everywhere. Of a MIME type that several share, the first is meant where the ending
 * says nothing else.
 */
const fileTypes: readonly FileType[] = [
  ['Plain text', 'txt text', 'text/plain'],
  ['Markdown text', 'md markdown mdown', 'text/markdown'],
  ['Log', 'log out err trace'],
  ['HTML page', 'html htm xhtml xht', 'text/html', 'application/xhtml+xml'],
  ['CSV table', 'csv', 'text/csv'],
  ['TSV table', 'tsv tab', 'text/tab-separated-values'],
  ['JSON data', 'json har map', 'application/json'],
  ['JSON, line by line', 'jsonl ndjson', 'application/jsonl', 'application/x-ndjson'],
  ['GeoJSON map', 'geojson', 'application/geo+json'],
  ['Jupyter notebook', 'ipynb', 'application/x-ipynb+json'],
  ['Web app manifest', 'webmanifest', 'application/manifest+json'],
  ['XML data', 'xml', 'application/xml', 'text/xml'],
  ['News feed', 'rss atom', 'application/rss+xml', 'application/atom+xml'],
  ['Vue component', 'vue'],
  ['Svelte component', 'svelte'],
  ['PNG image', 'png', 'image/png'],
  ['JPEG image', 'jpg jpeg', 'image/jpeg'],
  ['GIF image', 'gif', 'image/gif'],
  ['WebP image', 'webp', 'image/webp'],
  ['AVIF image', 'avif', 'image/avif'],
  ['HEIC image', 'heic', 'image/heic'],
  ['HEIF image', 'heif', 'image/heif'],
  ['SVG drawing', 'svg', 'image/svg+xml'],
  ['Windows icon', 'ico', 'image/x-icon', 'image/vnd.microsoft.icon'],
  ['BMP image', 'bmp', 'image/bmp'],
  ['TIFF image', 'tif tiff', 'image/tiff'],
  ['JPEG XL image', 'jxl', 'image/jxl'],
  ['Photoshop image', 'psd', 'image/vnd.adobe.photoshop'],
  ['WAV sound', 'wav', 'audio/wav', 'audio/x-wav'],
  ['MP3 sound', 'mp3', 'audio/mpeg'],
  ['FLAC sound', 'flac', 'audio/flac'],
  ['AAC sound', 'aac', 'audio/aac'],
  ['MPEG-4 sound', 'm4a', 'audio/mp4'],
  ['MIDI music', 'mid midi', 'audio/midi'],
  ['Ogg sound or video', '', 'audio/ogg'],
  ['Ogg sound', 'ogg oga opus', 'audio/ogg'],
  ['Ogg video', 'ogv', 'video/ogg', 'audio/ogg'],
  ['MPEG-4 video', 'mp4 m4v', 'video/mp4'],
  ['QuickTime video', 'mov', 'video/quicktime'],
  ['WebM or Matroska video', '', 'video/webm'],
  ['WebM video', 'webm', 'video/webm'],
  ['Matroska video', 'mkv', 'video/x-matroska', 'video/webm'],
  ['AVI video', 'avi', 'video/x-msvideo'],
  ['Flash video', 'flv', 'video/x-flv'],
  ['MPEG video', 'mpg mpeg', 'video/mpeg'],
  ['WOFF2 font', 'woff2', 'font/woff2'],
  ['WOFF font', 'woff', 'font/woff'],
  ['OpenType font', 'otf', 'font/otf'],
  ['TrueType font', 'ttf', 'font/ttf'],
  ['Font collection', 'ttc', 'font/collection'],
  ['PDF document', 'pdf', 'application/pdf'],
  ['PostScript document', 'ps eps', 'application/postscript'],
  ['Rich text document', 'rtf', 'application/rtf'],
  ['Excel workbook', 'xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['Word document', 'docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['PowerPoint slides', 'pptx', 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
  ['Older Office document', '', 'application/x-ole-storage'],
  ['Older Excel workbook', 'xls', 'application/vnd.ms-excel', 'application/x-ole-storage'],
  ['Older Word document', 'doc', 'application/msword', 'application/x-ole-storage'],
  ['Older PowerPoint slides', 'ppt', 'application/vnd.ms-powerpoint', 'application/x-ole-storage'],
  ['OpenDocument file', 'odt ods odp', 'application/vnd.oasis.opendocument'],
  ['EPUB book', 'epub', 'application/epub+zip'],
  ['ZIP archive', 'zip', 'application/zip'],
  ['Gzip archive', 'gz tgz', 'application/gzip'],
  ['Tar archive', 'tar', 'application/x-tar'],
  ['7-Zip archive', '7z', 'application/x-7z-compressed'],
  ['RAR archive', 'rar', 'application/vnd.rar'],
  ['XZ archive', 'xz', 'application/x-xz'],
  ['Zstandard archive', 'zst', 'application/zstd'],
  ['Bzip2 archive', 'bz2', 'application/x-bzip2'],
  ['Unix archive or Debian package', 'ar', 'application/x-archive'],
  ['Debian package', 'deb', 'application/vnd.debian.binary-package', 'application/x-archive'],
  ['Java archive', 'jar', 'application/java-archive'],
  ['SQLite database', 'sqlite sqlite3', 'application/vnd.sqlite3'],
  ['Parquet table', 'parquet', 'application/vnd.apache.parquet'],
  ['Arrow table', 'arrow', 'application/vnd.apache.arrow.file'],
  ['Linux program', '', 'application/x-executable'],
  ['Windows program', 'exe dll', 'application/vnd.microsoft.portable-executable'],
  ['macOS program', '', 'application/x-mach-binary'],
  ['WebAssembly program', 'wasm', 'application/wasm'],
  ['Chrome extension', 'crx', 'application/x-chrome-extension'],
  ['Python pickle', 'pkl pickle', 'application/x-pickle'],
  ['NumPy array', 'npy', 'application/x-numpy'],
]

/** What the groups of types are called that files are filtered and counted by. A search's `type:` names them by their keys. */
export const typeGroups = {
  image: 'Image',
  video: 'Video',
  audio: 'Sound',
  pdf: 'PDF document',
  document: 'Document',
  spreadsheet: 'Spreadsheet',
  presentation: 'Presentation',
  'web page': 'Web page',
  data: 'Data',
  code: 'Code',
  text: 'Text',
  archive: 'Archive',
  other: 'Other',
} as const
const groupNames: ReadonlyMap<string, string> = new Map(Object.entries(typeGroups))

const byEnding = new Map(fileTypes.flatMap((type) => type[1].split(' ').map((ending) => [ending, type] as const)))
byEnding.delete('')
const byMime = new Map(fileTypes.toReversed().flatMap((type) => mimesOf(type).map((mime) => [mime, type[0]] as const)))

/** What a file of this name is called by; null when its name tells nothing. */
export function typeNameByName(fileName: string): string | null {
  const known = byEnding.get(extensionOf(fileName))
  if (known) return known[0]
  const language = findLanguage(fileName)
  return language === null ? null : describeLanguage(language)
}

/** What a MIME type is called, as exactly as the name of the file tells; null when it is not known. */
export function typeNameByMime(mimeType: string, fileName = ''): string | null {
  const named = byEnding.get(extensionOf(fileName))
  return named && mimesOf(named).includes(mimeType) ? named[0] : (byMime.get(mimeType) ?? null)
}

/** What a group of types is called; of an unknown one, its own key. */
export function typeGroupName(group: string): string {
  return groupNames.get(group) ?? group
}

function mimesOf([, , ...mimes]: FileType): readonly string[] {
  return mimes
}
