/** A PNG picture and its edge in pixels. */
export type Picture = { readonly edge: number; readonly png: Buffer }

/**
 * The `.icns` types that hold a PNG, by edge in pixels; a type with two edges in points and pixels stands once for each.
 *
 * 16 and 32 pixels at single density are left out: those types garble a PNG on some versions of macOS, which scales the
 * double-density pictures down instead.
 */
const icnsTypes = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
] as const

/** macOS's icon file: an eight-byte header, then each picture after its type and length. */
export function toIcns(pictures: readonly Picture[]): Buffer {
  const entries = icnsTypes.map(([type, edge]) => {
    const png = pictureOf(pictures, edge).png
    const head = Buffer.alloc(8)
    head.write(type, 'latin1')
    head.writeUInt32BE(8 + png.length, 4)
    return Buffer.concat([head, png])
  })
  const body = Buffer.concat(entries)
  const head = Buffer.alloc(8)
  head.write('icns', 'latin1')
  head.writeUInt32BE(8 + body.length, 4)
  return Buffer.concat([head, body])
}

export const icoEdges = [16, 20, 24, 32, 40, 48, 64, 128, 256] as const

/** Windows' icon file: a directory of sixteen bytes a picture, then the PNGs, which Windows reads since Vista. */
export function toIco(pictures: readonly Picture[]): Buffer {
  const chosen = icoEdges.map((edge) => pictureOf(pictures, edge))
  const directory = Buffer.alloc(6 + 16 * chosen.length)
  directory.writeUInt16LE(1, 2)
  directory.writeUInt16LE(chosen.length, 4)
  let offset = directory.length
  for (const [index, { edge, png }] of chosen.entries()) {
    const at = 6 + 16 * index
    // One byte an edge: 256 is written as 0.
    directory.writeUInt8(edge % 256, at)
    directory.writeUInt8(edge % 256, at + 1)
    directory.writeUInt16LE(1, at + 4)
    directory.writeUInt16LE(32, at + 6)
    directory.writeUInt32LE(png.length, at + 8)
    directory.writeUInt32LE(offset, at + 12)
    offset += png.length
  }
  return Buffer.concat([directory, ...chosen.map(({ png }) => png)])
}

/** The edge of a PNG, read from its header. Throws when it is not a square PNG. */
export function edgeOf(png: Buffer): number {
  const isPng = png.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
  if (!isPng || png.readUInt32BE(16) !== png.readUInt32BE(20)) throw new Error('Not a square PNG.')
  return png.readUInt32BE(16)
}

function pictureOf(pictures: readonly Picture[], edge: number): Picture {
  const picture = pictures.find((each) => each.edge === edge)
  if (!picture) throw new Error(`There is no picture of ${edge} pixels.`)
  return picture
}
