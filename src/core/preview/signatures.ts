/** What some bytes at the start of a file say that it is. */
export type Signature = {
  /** Bytes from `at` on, as Latin text with `\x` escapes; `?` stands for any byte. */
  readonly bytes: string
  readonly at?: number
  readonly mime: string
  /** What it is, where that is more exact than what its type is called. */
  readonly description?: string
}

/**
 * The signatures of common formats, the more exact first.
 *
 * A table of our own, since a parser of hostile bytes has no place in the main process: nothing here loops or follows
 * what a file says of itself. Sources: the IANA media types, the WHATWG MIME Sniffing Standard, and each format's
 * specification.
 */
export const signatures: readonly Signature[] = [
  { bytes: '\x89PNG\r\n\x1a\n', mime: 'image/png' },
  { bytes: '\xff\xd8\xff', mime: 'image/jpeg' },
  { bytes: 'GIF87a', mime: 'image/gif' },
  { bytes: 'GIF89a', mime: 'image/gif' },
  { bytes: 'RIFF????WEBP', mime: 'image/webp' },
  { bytes: 'RIFF????WAVE', mime: 'audio/wav' },
  { bytes: 'RIFF????AVI ', mime: 'video/x-msvideo' },
  { bytes: 'ftypavif', at: 4, mime: 'image/avif' },
  { bytes: 'ftypavis', at: 4, mime: 'image/avif' },
  { bytes: 'ftypheic', at: 4, mime: 'image/heic' },
  { bytes: 'ftypmif1', at: 4, mime: 'image/heif' },
  { bytes: 'ftypM4A', at: 4, mime: 'audio/mp4' },
  { bytes: 'ftypqt', at: 4, mime: 'video/quicktime' },
  { bytes: 'ftyp', at: 4, mime: 'video/mp4' },
  { bytes: '\x00\x00\x01\x00', mime: 'image/x-icon' },
  { bytes: 'BM????\x00\x00\x00\x00', mime: 'image/bmp' },
  { bytes: 'II*\x00', mime: 'image/tiff' },
  { bytes: 'MM\x00*', mime: 'image/tiff' },
  { bytes: '\x00\x00\x00\x0cJXL \r\n\x87\n', mime: 'image/jxl' },
  { bytes: '8BPS', mime: 'image/vnd.adobe.photoshop' },
  { bytes: '%PDF-', mime: 'application/pdf' },
  { bytes: '%!PS', mime: 'application/postscript' },
  { bytes: '{\\rtf', mime: 'application/rtf' },
  { bytes: '\x1aE\xdf\xa3', mime: 'video/webm' },
  { bytes: 'OggS', mime: 'audio/ogg' },
  { bytes: 'fLaC', mime: 'audio/flac' },
  { bytes: 'ID3', mime: 'audio/mpeg' },
  { bytes: '\xff\xfb', mime: 'audio/mpeg' },
  { bytes: '\xff\xf3', mime: 'audio/mpeg' },
  { bytes: '\xff\xf1', mime: 'audio/aac' },
  { bytes: 'MThd', mime: 'audio/midi' },
  { bytes: 'FLV\x01', mime: 'video/x-flv' },
  { bytes: '\x00\x00\x01\xba', mime: 'video/mpeg' },
  { bytes: 'wOF2', mime: 'font/woff2' },
  { bytes: 'wOFF', mime: 'font/woff' },
  { bytes: 'OTTO\x00', mime: 'font/otf' },
  { bytes: 'true\x00', mime: 'font/ttf' },
  { bytes: '\x00\x01\x00\x00\x00', mime: 'font/ttf' },
  { bytes: 'ttcf\x00', mime: 'font/collection' },
  { bytes: 'PK\x03\x04', mime: 'application/zip' },
  { bytes: 'PK\x05\x06', mime: 'application/zip', description: 'Empty ZIP archive' },
  { bytes: '\x1f\x8b\x08', mime: 'application/gzip' },
  { bytes: 'ustar', at: 257, mime: 'application/x-tar' },
  { bytes: '7z\xbc\xaf\x27\x1c', mime: 'application/x-7z-compressed' },
  { bytes: 'Rar!\x1a\x07', mime: 'application/vnd.rar' },
  { bytes: '\xfd7zXZ\x00', mime: 'application/x-xz' },
  { bytes: '(\xb5/\xfd', mime: 'application/zstd' },
  { bytes: 'BZh', mime: 'application/x-bzip2' },
  { bytes: '!<arch>\n', mime: 'application/x-archive' },
  { bytes: 'SQLite format 3\x00', mime: 'application/vnd.sqlite3' },
  { bytes: 'PAR1', mime: 'application/vnd.apache.parquet' },
  { bytes: 'ARROW1', mime: 'application/vnd.apache.arrow.file' },
  { bytes: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', mime: 'application/x-ole-storage' },
  { bytes: '\x7fELF', mime: 'application/x-executable' },
  { bytes: 'MZ', mime: 'application/vnd.microsoft.portable-executable' },
  { bytes: '\xcf\xfa\xed\xfe', mime: 'application/x-mach-binary' },
  { bytes: '\xca\xfe\xba\xbe', mime: 'application/x-mach-binary', description: 'macOS program or Java class' },
  { bytes: '\x00asm', mime: 'application/wasm' },
  { bytes: 'Cr24', mime: 'application/x-chrome-extension' },
  { bytes: '\x80\x02', mime: 'application/x-pickle' },
  { bytes: '\x80\x04\x95', mime: 'application/x-pickle' },
  { bytes: '\x93NUMPY', mime: 'application/x-numpy' },
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
