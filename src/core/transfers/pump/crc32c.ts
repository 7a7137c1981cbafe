import type { Hash } from './hash.ts'

const tables = makeTables()

/** CRC-32C (Castagnoli, RFC 3720 appendix B.4), four bytes at a step; `base64` is big-endian, as Google Storage gives it. */
export function createCrc32c(): Hash {
  let crc = 0xffffffff
  return {
    update(bytes) {
      const [t0, t1, t2, t3] = tables
      let value = crc
      let at = 0
      for (const end = bytes.length - 3; at < end; at += 4) {
        value ^= bytes.readUInt32LE(at)
        value =
          (t3[value & 0xff] as number) ^
          (t2[(value >>> 8) & 0xff] as number) ^
          (t1[(value >>> 16) & 0xff] as number) ^
          (t0[value >>> 24] as number)
      }
      for (; at < bytes.length; at += 1) value = (t0[(value ^ (bytes[at] as number)) & 0xff] as number) ^ (value >>> 8)
      crc = value >>> 0
    },
    base64() {
      const bytes = Buffer.alloc(4)
      bytes.writeUInt32BE((crc ^ 0xffffffff) >>> 0)
      return bytes.toString('base64')
    },
  }
}

function makeTables(): readonly [Uint32Array, Uint32Array, Uint32Array, Uint32Array] {
  const [t0, t1, t2, t3] = [new Uint32Array(256), new Uint32Array(256), new Uint32Array(256), new Uint32Array(256)]
  for (let byte = 0; byte < 256; byte += 1) {
    let value = byte
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1
    t0[byte] = value
  }
  for (let byte = 0; byte < 256; byte += 1) {
    const next = (value: number) => (t0[value & 0xff] as number) ^ (value >>> 8)
    t1[byte] = next(t0[byte] as number)
    t2[byte] = next(t1[byte] as number)
    t3[byte] = next(t2[byte] as number)
  }
  return [t0, t1, t2, t3]
}
