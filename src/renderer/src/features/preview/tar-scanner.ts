import type { ArchiveEntry } from './archive-entry.ts'

const block = 512

/** Finds the entries of a tar archive in a stream of its bytes, and keeps nothing of their contents. */
export type TarScanner = {
  /** Takes the next bytes; answers false when there is nothing more to find. */
  readonly push: (bytes: Uint8Array) => boolean
  /** Passes over the contents that come next, as if they had been pushed; answers how many bytes that is. */
  readonly passOver: () => number
  readonly entries: () => readonly ArchiveEntry[]
  /** Whether the mark at the archive's end was seen. */
  readonly isWhole: () => boolean
  /** Whether the last entry was read to its end, and nothing of another has begun. */
  readonly isBetweenEntries: () => boolean
  /** Whether the first block was a tar header. */
  readonly isTar: () => boolean
}

/** Makes a scanner for one archive; it stops after `most` entries. */
export function createTarScanner(most: number): TarScanner {
  const entries: ArchiveEntry[] = []
  const header = new Uint8Array(block)
  let filled = 0
  let toSkip = 0
  /** A name that a record of its own gives the next entry: what is gathered of it, and how much of it is to come. */
  let longName: { bytes: number[]; left: number; isPax: boolean } | null = null
  let nextName: string | null = null
  let state: 'reading' | 'whole' | 'not-tar' | 'broken' = 'reading'

  function take(): void {
    if (header.every((byte) => byte === 0)) {
      state = 'whole'
      return
    }
    if (!hasRightSum(header)) {
      state = entries.length === 0 ? 'not-tar' : 'broken'
      return
    }
    const size = number(header.subarray(124, 136))
    const type = String.fromCharCode(header[156] ?? 0)
    toSkip = Math.ceil(size / block) * block
    if (type === 'L' || type === 'x') longName = { bytes: [], left: Math.min(size, 65_536), isPax: type === 'x' }
    else if (type !== 'g' && type !== 'K') {
      entries.push({
        name: nextName ?? shortName(header),
        isFolder: type === '5',
        size: type === '5' ? 0 : size,
        updatedAt: number(header.subarray(136, 148)) * 1_000,
        isLocked: false,
      })
      nextName = null
    }
  }
  function skip(bytes: Uint8Array): number {
    const step = Math.min(toSkip, bytes.length)
    if (longName && longName.left > 0) {
      const part = bytes.subarray(0, Math.min(longName.left, step))
      longName.bytes.push(...part)
      longName.left -= part.length
      if (longName.left === 0) {
        const text = new TextDecoder().decode(new Uint8Array(longName.bytes))
        nextName = longName.isPax ? (/\d+ path=([^\n]*)\n/.exec(text)?.[1] ?? nextName) : text.replace(/\0.*$/s, '')
        longName = null
      }
    }
    toSkip -= step
    return step
  }

  return {
    push(bytes) {
      for (let at = 0; at < bytes.length && state === 'reading' && entries.length < most; ) {
        if (toSkip > 0) {
          at += skip(bytes.subarray(at))
          continue
        }
        const part = bytes.subarray(at, at + block - filled)
        header.set(part, filled)
        filled += part.length
        at += part.length
        if (filled < block) break
        filled = 0
        take()
      }
      return state === 'reading' && entries.length < most
    },
    passOver() {
      // A long name lies in the contents.
      if (longName || state !== 'reading') return 0
      const passed = toSkip
      toSkip = 0
      return passed
    },
    entries: () => entries,
    isWhole: () => state === 'whole',
    isBetweenEntries: () => state === 'reading' && toSkip === 0 && filled === 0 && nextName === null,
    isTar: () => state !== 'not-tar',
  }
}

function shortName(header: Uint8Array): string {
  const prefix = text(header.subarray(345, 500))
  const isUstar = text(header.subarray(257, 263)).startsWith('ustar')
  const name = text(header.subarray(0, 100))
  return isUstar && prefix !== '' ? `${prefix}/${name}` : name
}

function text(bytes: Uint8Array): string {
  const end = bytes.indexOf(0)
  return new TextDecoder().decode(end === -1 ? bytes : bytes.subarray(0, end))
}

/** Octal digits, or GNU's base 256 where the first bit is set. */
function number(field: Uint8Array): number {
  if (((field[0] ?? 0) & 0x80) !== 0) return field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0)
  const digits = text(field).trim()
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : 0
}

function hasRightSum(header: Uint8Array): boolean {
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0)
  return sum === number(header.subarray(148, 156))
}
