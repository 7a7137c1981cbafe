/** Pixels. */
export type ImageSize = { readonly width: number; readonly height: number }

/** More pixels than this are not decoded: at four bytes each they would take some 400 MB. */
export const maximumPixels = 100_000_000

/**
 * Reads a picture's size from its header, without decoding it. Answers null where the header does not tell.
 *
 * A small file can claim a size whose pixels fill the memory, so this is asked before any decoder is.
 */
export function readImageSize(bytes: Uint8Array, mime: string | null): ImageSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    switch (mime) {
      case 'image/png':
        return { width: view.getUint32(16), height: view.getUint32(20) }
      case 'image/gif':
        return { width: view.getUint16(6, true), height: view.getUint16(8, true) }
      case 'image/bmp':
        return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) }
      case 'image/jpeg':
        return jpegSize(view)
      case 'image/webp':
        return webpSize(view)
      case 'image/avif':
        return avifSize(view)
      default:
        return null
    }
  } catch {
    return null
  }
}

/** The frame header holds the size; segments before it are stepped over (ITU T.81, B.2). */
function jpegSize(view: DataView): ImageSize | null {
  for (let at = 2; at + 9 < view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    const isBare = marker === 0xff || (marker >= 0xd0 && marker <= 0xd9)
    at += marker === 0xff ? 1 : isBare ? 2 : 2 + Math.max(2, view.getUint16(at + 2))
  }
  return null
}

/** https://developers.google.com/speed/webp/docs/riff_container */
function webpSize(view: DataView): ImageSize | null {
  const form = text(view, 12)
  if (form === 'VP8X') return { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 }
  if (form === 'VP8L') {
    const bits = view.getUint32(21, true)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  if (form !== 'VP8 ') return null
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
}

/** The largest of the `ispe` boxes, which tell the size of each image inside (ISO/IEC 23008-12, 6.5.3). */
function avifSize(view: DataView): ImageSize | null {
  let largest: ImageSize | null = null
  const end = Math.min(view.byteLength - 16, 65_536)
  for (let at = 4; at <= end; at += 1) {
    if (view.getUint32(at) !== 0x69737065) continue
    const size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) }
    if (!largest || size.width * size.height > largest.width * largest.height) largest = size
  }
  return largest
}

function text(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3))
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
}
