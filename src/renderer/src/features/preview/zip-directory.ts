import type { ArchiveEntry } from './archive-entry.ts'

/** Where a zip archive's list of contents lies within its file. */
export type ZipDirectory = { readonly from: number; readonly length: number; readonly count: number }

/** The end of the file that holds the directory's place, with the longest comment that is allowed. */
export const zipTailLength = 22 + 65_535 + 20

/** Finds the directory from the last bytes of a file of `size` bytes (APPNOTE.TXT 4.3). Null when there is none. */
export function findZipDirectory(tail: Uint8Array, size: number): ZipDirectory | null {
  const view = viewOf(tail)
  for (let at = tail.length - 22; at >= 0; at -= 1) {
    if (view.getUint32(at, true) !== 0x06054b50) continue
    const plain = {
      count: view.getUint16(at + 10, true),
      length: view.getUint32(at + 12, true),
      from: view.getUint32(at + 16, true),
    }
    const isLarge = plain.count === 0xffff || plain.length === 0xffffffff || plain.from === 0xffffffff
    const directory = isLarge ? largeDirectory(view, at, size) : plain
    if (directory && directory.from + directory.length <= size) return directory
  }
  return null
}

/** The 64-bit record; only one that lies within the tail is found, as all writers put it. */
function largeDirectory(view: DataView, end: number, size: number): ZipDirectory | null {
  if (end < 20 || view.getUint32(end - 20, true) !== 0x07064b50) return null
  const at = Number(view.getBigUint64(end - 12, true)) - (size - view.byteLength)
  if (at < 0 || at + 56 > view.byteLength || view.getUint32(at, true) !== 0x06064b50) return null
  return {
    count: Number(view.getBigUint64(at + 32, true)),
    length: Number(view.getBigUint64(at + 40, true)),
    from: Number(view.getBigUint64(at + 48, true)),
  }
}

/** Reads whole entries from the start of a directory, until its end or a fault; `length` is what they take of it. */
export function readZipDirectory(bytes: Uint8Array): { readonly entries: readonly ArchiveEntry[]; length: number } {
  const view = viewOf(bytes)
  const entries: ArchiveEntry[] = []
  let at = 0
  while (at + 46 <= bytes.length && view.getUint32(at, true) === 0x02014b50) {
    const nameLength = view.getUint16(at + 28, true)
    const extraLength = view.getUint16(at + 30, true)
    const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true)
    if (next > bytes.length) break
    const name = decodeName(bytes.subarray(at + 46, at + 46 + nameLength), view.getUint16(at + 8, true))
    const size = view.getUint32(at + 24, true)
    entries.push({
      name,
      isFolder: name.endsWith('/'),
      size: size === 0xffffffff ? largeSize(view, at + 46 + nameLength, extraLength) : size,
      updatedAt: dosTime(view.getUint16(at + 12, true), view.getUint16(at + 14, true)),
      isLocked: (view.getUint16(at + 8, true) & 1) === 1,
    })
    at = next
  }
  return { entries, length: at }
}

function largeSize(view: DataView, from: number, length: number): number | null {
  for (let at = from; at + 4 <= from + length; at += 4 + view.getUint16(at + 2, true))
    if (view.getUint16(at, true) === 1 && at + 12 <= view.byteLength) return Number(view.getBigUint64(at + 4, true))
  return null
}

function decodeName(bytes: Uint8Array, flags: number): string {
  const isUtf8 = (flags & 0x800) !== 0
  try {
    return new TextDecoder('utf-8', { fatal: !isUtf8 }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** The archive's own clock, which knows no time zone: taken as local time. */
function dosTime(time: number, date: number): number | null {
  if (date === 0) return null
  const [year, month, day] = [1980 + (date >> 9), ((date >> 5) & 15) - 1, date & 31]
  return new Date(year, month, day, time >> 11, (time >> 5) & 63, (time & 31) * 2).getTime()
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
