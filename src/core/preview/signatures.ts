/** What some bytes at the start of a file say that it is. */
export type Signature = {
  /** Bytes from `at` on, as Latin text with `\x` escapes; `?` stands for any byte. */
  readonly bytes: string
  readonly at?: number
  readonly mime: string
  readonly description: string
}

/**
 * The signatures of common formats, the more exact first.
 *
 * A table of our own, since a parser of hostile bytes has no place in the main process: nothing here loops or follows
 * what a file says of itself. Sources: the IANA media types, the WHATWG MIME Sniffing Standard, and each format's
 * specification.
 */
export const signatures: readonly Signature[] = [
  { bytes: '\x89PNG\r\n\x1a\n', mime: 'image/png', description: 'PNG image' },
  { bytes: '\xff\xd8\xff', mime: 'image/jpeg', description: 'JPEG image' },
  { bytes: 'GIF87a', mime: 'image/gif', description: 'GIF image' },
  { bytes: 'GIF89a', mime: 'image/gif', description: 'GIF image' },
  { bytes: 'RIFF????WEBP', mime: 'image/webp', description: 'WebP image' },
  { bytes: 'RIFF????WAVE', mime: 'audio/wav', description: 'WAV sound' },
  { bytes: 'RIFF????AVI ', mime: 'video/x-msvideo', description: 'AVI video' },
  { bytes: 'ftypavif', at: 4, mime: 'image/avif', description: 'AVIF image' },
  { bytes: 'ftypavis', at: 4, mime: 'image/avif', description: 'AVIF image' },
  { bytes: 'ftypheic', at: 4, mime: 'image/heic', description: 'HEIC image' },
  { bytes: 'ftypmif1', at: 4, mime: 'image/heif', description: 'HEIF image' },
  { bytes: 'ftypM4A', at: 4, mime: 'audio/mp4', description: 'MPEG-4 sound' },
  { bytes: 'ftypqt', at: 4, mime: 'video/quicktime', description: 'QuickTime video' },
  { bytes: 'ftyp', at: 4, mime: 'video/mp4', description: 'MPEG-4 video' },
  { bytes: '\x00\x00\x01\x00', mime: 'image/x-icon', description: 'Windows icon' },
  { bytes: 'BM????\x00\x00\x00\x00', mime: 'image/bmp', description: 'BMP image' },
  { bytes: 'II*\x00', mime: 'image/tiff', description: 'TIFF image' },
  { bytes: 'MM\x00*', mime: 'image/tiff', description: 'TIFF image' },
  { bytes: '\x00\x00\x00\x0cJXL \r\n\x87\n', mime: 'image/jxl', description: 'JPEG XL image' },
  { bytes: '8BPS', mime: 'image/vnd.adobe.photoshop', description: 'Photoshop image' },
  { bytes: '%PDF-', mime: 'application/pdf', description: 'PDF document' },
  { bytes: '%!PS', mime: 'application/postscript', description: 'PostScript document' },
  { bytes: '{\\rtf', mime: 'application/rtf', description: 'Rich text document' },
  { bytes: '\x1aE\xdf\xa3', mime: 'video/webm', description: 'WebM or Matroska video' },
  { bytes: 'OggS', mime: 'audio/ogg', description: 'Ogg sound or video' },
  { bytes: 'fLaC', mime: 'audio/flac', description: 'FLAC sound' },
  { bytes: 'ID3', mime: 'audio/mpeg', description: 'MP3 sound' },
  { bytes: '\xff\xfb', mime: 'audio/mpeg', description: 'MP3 sound' },
  { bytes: '\xff\xf3', mime: 'audio/mpeg', description: 'MP3 sound' },
  { bytes: '\xff\xf1', mime: 'audio/aac', description: 'AAC sound' },
  { bytes: 'MThd', mime: 'audio/midi', description: 'MIDI music' },
  { bytes: 'FLV\x01', mime: 'video/x-flv', description: 'Flash video' },
  { bytes: '\x00\x00\x01\xba', mime: 'video/mpeg', description: 'MPEG video' },
  { bytes: 'wOF2', mime: 'font/woff2', description: 'WOFF2 font' },
  { bytes: 'wOFF', mime: 'font/woff', description: 'WOFF font' },
  { bytes: 'OTTO\x00', mime: 'font/otf', description: 'OpenType font' },
  { bytes: 'true\x00', mime: 'font/ttf', description: 'TrueType font' },
  { bytes: '\x00\x01\x00\x00\x00', mime: 'font/ttf', description: 'TrueType font' },
  { bytes: 'ttcf\x00', mime: 'font/collection', description: 'Font collection' },
  { bytes: 'PK\x03\x04', mime: 'application/zip', description: 'Zip archive' },
  { bytes: 'PK\x05\x06', mime: 'application/zip', description: 'Empty zip archive' },
  { bytes: '\x1f\x8b\x08', mime: 'application/gzip', description: 'Gzip archive' },
  { bytes: 'ustar', at: 257, mime: 'application/x-tar', description: 'Tar archive' },
  { bytes: '7z\xbc\xaf\x27\x1c', mime: 'application/x-7z-compressed', description: '7-Zip archive' },
  { bytes: 'Rar!\x1a\x07', mime: 'application/vnd.rar', description: 'RAR archive' },
  { bytes: '\xfd7zXZ\x00', mime: 'application/x-xz', description: 'XZ archive' },
  { bytes: '(\xb5/\xfd', mime: 'application/zstd', description: 'Zstandard archive' },
  { bytes: 'BZh', mime: 'application/x-bzip2', description: 'Bzip2 archive' },
  { bytes: '!<arch>\n', mime: 'application/x-archive', description: 'Unix archive or Debian package' },
  { bytes: 'SQLite format 3\x00', mime: 'application/vnd.sqlite3', description: 'SQLite database' },
  { bytes: 'PAR1', mime: 'application/vnd.apache.parquet', description: 'Parquet table' },
  { bytes: 'ARROW1', mime: 'application/vnd.apache.arrow.file', description: 'Arrow table' },
  {
    bytes: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    mime: 'application/x-ole-storage',
    description: 'Older Office document',
  },
  { bytes: '\x7fELF', mime: 'application/x-executable', description: 'Linux program' },
  { bytes: 'MZ', mime: 'application/vnd.microsoft.portable-executable', description: 'Windows program' },
  { bytes: '\xcf\xfa\xed\xfe', mime: 'application/x-mach-binary', description: 'macOS program' },
  { bytes: '\xca\xfe\xba\xbe', mime: 'application/x-mach-binary', description: 'macOS program or Java class' },
  { bytes: '\x00asm', mime: 'application/wasm', description: 'WebAssembly program' },
  { bytes: 'Cr24', mime: 'application/x-chrome-extension', description: 'Chrome extension' },
  { bytes: '\x80\x02', mime: 'application/x-pickle', description: 'Python pickle' },
  { bytes: '\x80\x04\x95', mime: 'application/x-pickle', description: 'Python pickle' },
  { bytes: '\x93NUMPY', mime: 'application/x-numpy', description: 'NumPy array' },
]

/** Finds the first signature that the bytes carry, or null. */
export function findSignature(bytes: Uint8Array): Signature | null {
  return signatures.find((signature) => carries(bytes, signature)) ?? null
}

function carries(bytes: Uint8Array, { bytes: wanted, at = 0 }: Signature): boolean {
  if (bytes.length < at + wanted.length) return false
  for (let index = 0; index < wanted.length; index += 1) {
    const code = wanted.charCodeAt(index)
    if (code !== 0x3f && bytes[at + index] !== code) return false
  }
  return true
}
