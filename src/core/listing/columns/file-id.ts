import type { FileColumns } from './file-columns.ts'

const digitValues = new Int8Array(128).fill(-1)
for (const [value, digit] of [...'0123456789abcdef'].entries()) digitValues[digit.charCodeAt(0)] = value

/** Puts a file's id away: a UUID in lower case as 16 bytes, anything else as text. */
export function appendId(files: FileColumns, index: number, id: string): void {
  files.otherId.append(writeUuid(id, files.uuid, index * 16) ? '' : id)
}

export function idAt(files: FileColumns, index: number): string {
  return files.otherId.at(index) || readUuid(files.uuid, index * 16)
}

/** The index of each id among the first `count` files, for the ids that are there. One pass, however many are asked for. */
export function findIds(files: FileColumns, count: number, ids: Iterable<string>): ReadonlyMap<string, number> {
  const wanted = new Map<number, string[]>()
  const scratch = new Uint8Array(16)
  const others = new Set<string>()
  for (const id of ids) {
    if (!writeUuid(id, scratch, 0)) {
      others.add(id)
      continue
    }
    const start = startOf(scratch, 0)
    const same = wanted.get(start)
    if (same) same.push(id)
    else wanted.set(start, [id])
  }
  const found = new Map<string, number>()
  for (let index = 0; index < count; index += 1) {
    const same = wanted.get(startOf(files.uuid, index * 16))
    if (!same && others.size === 0) continue
    const id = idAt(files, index)
    if (!found.has(id) && (others.has(id) || same?.includes(id))) found.set(id, index)
  }
  return found
}

function startOf(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
}

function writeUuid(id: string, to: Uint8Array, at: number): boolean {
  if (id.length !== 36) return false
  let written = 0
  for (let index = 0; index < 36; index += 1) {
    const unit = id.charCodeAt(index)
    if (index === 8 || index === 13 || index === 18 || index === 23) {
      if (unit !== 0x2d) return false
      continue
    }
    const high = digitValues[unit] ?? -1
    const low = digitValues[id.charCodeAt(index + 1)] ?? -1
    if (high < 0 || low < 0) return false
    to[at + written] = high * 16 + low
    written += 1
    index += 1
  }
  return true
}

function readUuid(bytes: Uint8Array, at: number): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset + at, 16).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
