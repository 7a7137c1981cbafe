import { crc32, deflateSync } from 'node:zlib'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Pixels by line, each of red, green, blue, and alpha where the picture has it: eight bits each. */
type Picture = { readonly width: number; readonly height: number; readonly pixels: Uint8Array }

const colourTypes = { opaque: { channels: 3, type: 2 }, transparent: { channels: 4, type: 6 } } as const

/** Encodes a picture as PNG (ISO/IEC 15948); a `transparent` one has alpha. */
export function encodePng({ width, height, pixels }: Picture, kind: keyof typeof colourTypes = 'opaque'): Buffer {
  const { channels, type } = colourTypes[kind]
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, type, 0, 0, 0], 8)
  const stride = width * channels
  const lines = Buffer.alloc((stride + 1) * height)
  // Each line starts with its filter; 0 is none.
  for (let y = 0; y < height; y += 1) lines.set(pixels.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1)
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
