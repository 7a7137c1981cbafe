/**
 * The records of a ZIP file (APPNOTE 6.3.10): names in UTF-8, sizes of any length (zip64), times to the second.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export type ZipEntry = {
  /** With `/` between folders, never at the start. */
  readonly name: string
  readonly isDeflated: boolean
  /** Milliseconds since 1970; null leaves 1980. */
  readonly updatedAt: number | null
  readonly crc: number
  readonly packedSize: number
  readonly size: number
  /** Where its local header begins. */
  readonly offset: number
}

/** What the records below take of an entry at the least: with a name of no length, and no time. */
export const leastRecordBytes = 30 + 20 + 46

const utf8Flag = 0x0800
const zip64Version = 45
/** Made by a Unix: readers then take the permissions below, rather than none at all. */
const madeBy = (3 << 8) | zip64Version
const regularFile = 0o100644
const full32 = 0xffffffff
const full16 = 0xffff

/** The header before an entry's bytes. Its size does not depend on the sizes, so it can be written again once they are known. */
export function localHeader(entry: ZipEntry): Buffer {
  const name = Buffer.from(entry.name)
  const extra = Buffer.concat([sizesExtra([entry.size, entry.packedSize]), timeExtra(entry)])
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  writeCommon(head, 4, entry)
  // The true sizes stand in the zip64 field, always: whether they are large is not known when this is first written.
  head.writeUInt32LE(full32, 18)
  head.writeUInt32LE(full32, 22)
  head.writeUInt16LE(name.length, 26)
  head.writeUInt16LE(extra.length, 28)
  return Buffer.concat([head, name, extra])
}

/** The entry's record in the directory at the end. */
export function directoryRecord(entry: ZipEntry): Buffer {
  const name = Buffer.from(entry.name)
  const large = [entry.size, entry.packedSize, entry.offset].filter((value) => value >= full32)
  const extra = Buffer.concat([...(large.length > 0 ? [sizesExtra(large)] : []), timeExtra(entry)])
  const head = Buffer.alloc(46)
  head.writeUInt32LE(0x02014b50, 0)
  head.writeUInt16LE(madeBy, 4)
  writeCommon(head, 6, entry)
  head.writeUInt32LE(Math.min(entry.packedSize, full32), 20)
  head.writeUInt32LE(Math.min(entry.size, full32), 24)
  head.writeUInt16LE(name.length, 28)
  head.writeUInt16LE(extra.length, 30)
  head.writeUInt32LE((regularFile << 16) >>> 0, 38)
  head.writeUInt32LE(Math.min(entry.offset, full32), 42)
  return Buffer.concat([head, name, extra])
}

/** What closes the file: the zip64 records where they are needed, then the classic one. */
export function endRecords(directory: {
  readonly count: number
  readonly size: number
  readonly offset: number
}): Buffer {
  const { count, size, offset } = directory
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Math.min(count, full16), 8)
  end.writeUInt16LE(Math.min(count, full16), 10)
  end.writeUInt32LE(Math.min(size, full32), 12)
  end.writeUInt32LE(Math.min(offset, full32), 16)
  if (count < full16 && size < full32 && offset < full32) return end
  const large = Buffer.alloc(56)
  large.writeUInt32LE(0x06064b50, 0)
  large.writeBigUInt64LE(44n, 4)
  large.writeUInt16LE(madeBy, 12)
  large.writeUInt16LE(zip64Version, 14)
  large.writeBigUInt64LE(BigInt(count), 24)
  large.writeBigUInt64LE(BigInt(count), 32)
  large.writeBigUInt64LE(BigInt(size), 40)
  large.writeBigUInt64LE(BigInt(offset), 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  locator.writeBigUInt64LE(BigInt(offset + size), 8)
  locator.writeUInt32LE(1, 16)
  return Buffer.concat([large, locator, end])
}

/** The fields that both headers have in the same order. */
function writeCommon(head: Buffer, at: number, { isDeflated, updatedAt, crc }: ZipEntry): void {
  const { date, time } = dosTime(updatedAt)
  head.writeUInt16LE(zip64Version, at)
  head.writeUInt16LE(utf8Flag, at + 2)
  head.writeUInt16LE(isDeflated ? 8 : 0, at + 4)
  head.writeUInt16LE(time, at + 6)
  head.writeUInt16LE(date, at + 8)
  head.writeUInt32LE(crc, at + 10)
}

function sizesExtra(values: readonly number[]): Buffer {
  const extra = Buffer.alloc(4 + values.length * 8)
  extra.writeUInt16LE(0x0001, 0)
  extra.writeUInt16LE(values.length * 8, 2)
  values.forEach((value, index) => {
    extra.writeBigUInt64LE(BigInt(value), 4 + index * 8)
  })
  return extra
}

/** The time in seconds of UTC: the classic field has local time, without saying of which place. */
function timeExtra({ updatedAt }: ZipEntry): Buffer {
  if (updatedAt === null || updatedAt < 0 || updatedAt >= 2 ** 31 * 1_000) return Buffer.alloc(0)
  const extra = Buffer.alloc(9)
  extra.writeUInt16LE(0x5455, 0)
  extra.writeUInt16LE(5, 2)
  extra.writeUInt8(1, 4)
  extra.writeInt32LE(Math.floor(updatedAt / 1_000), 5)
  return extra
}

function dosTime(updatedAt: number | null): { readonly date: number; readonly time: number } {
  const moment = new Date(updatedAt ?? Number.NaN)
  const year = moment.getFullYear()
  if (!(year >= 1980 && year <= 2107)) return { date: (1 << 5) | 1, time: 0 }
  return {
    date: ((year - 1980) << 9) | ((moment.getMonth() + 1) << 5) | moment.getDate(),
    time: (moment.getHours() << 11) | (moment.getMinutes() << 5) | (moment.getSeconds() >> 1),
  }
}
