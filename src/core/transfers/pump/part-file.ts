import {
  closeSync,
  constants,
  fdatasync,
  fstatSync,
  ftruncateSync,
  futimesSync,
  lstatSync,
  openSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { createDigest, type Digest } from './digests.ts'
import { giveBuffer, mostGathered, takeBuffer } from './gather-buffers.ts'
import type { Hash } from './hash.ts'

/** The file beside the final name that bytes go to. All its calls block: a pump runs in a thread of its own. */
export type PartFile = {
  readonly path: string
  readonly descriptor: number
  /** What the disk calls it, whatever its name. */
  readonly inode: () => number
  /** Bytes given to it so far. */
  readonly length: () => number
  /** Bytes of those that have left this process. */
  readonly written: () => number
  readonly append: (bytes: Buffer) => void
  /** Says how long the whole will be, so that a small file takes one write. */
  readonly expect: (size: number) => void
  /** Writes out what was gathered. */
  readonly flush: () => void
  /** Throws away what is there, for a new start. */
  readonly restart: () => void
  /** Works out a check sum while bytes come; from here on, or over the whole when asked at the end. */
  readonly digest: (algorithm: Digest['algorithm']) => void
  readonly digestOf: (algorithm: Digest['algorithm']) => Promise<string>
  /** Leaves the time where the disk refuses it. */
  readonly setUpdatedAt: (updatedAt: number) => void
  /** Whether something else has its name meanwhile: another download may have brought a file of that very name. */
  readonly isReplaced: () => boolean
  readonly close: () => void
  /** Closes and removes it; never what replaced it. */
  readonly remove: () => void
}

const syncEveryBytes = 64 * 1024 * 1024
const readBackBytes = 4 * 1024 * 1024
// A name that someone turned into a symbolic link must not lead us elsewhere. Windows has no such flag.
const noFollow = constants.O_NOFOLLOW ?? 0

/**
 * Opens a part file: a new one, which must not exist, or one with `held` bytes from before.
 * `onSynced` hears how many bytes would outlive a loss of power. Throws what `fs` throws.
 */
export function openPartFile(path: string, held: number, onSynced: (bytes: number) => void): PartFile {
  const isNew = held === 0
  const flags = constants.O_RDWR | noFollow | (isNew ? constants.O_CREAT | constants.O_EXCL : 0)
  const descriptor = openSync(path, flags, 0o666)
  let written = 0
  let expected = Number.POSITIVE_INFINITY
  let gathered: Buffer | null = null
  let gatheredLength = 0
  let hash: { readonly algorithm: Digest['algorithm']; readonly hash: Hash } | null = null
  let syncedAt = held
  let syncing = false
  let closeAfterSync = false
  let closed = false

  if (!isNew) {
    written = Math.min(held, fstatSync(descriptor).size)
    ftruncateSync(descriptor, written)
  }

  function write(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at, bytes.length - at, written + at)
    written += bytes.length
    if (written - syncedAt >= syncEveryBytes && !syncing) sync()
  }
  /** Starts to push bytes to the disk as they come, so that the last flush has little left to do. */
  function sync(): void {
    const upTo = written
    syncing = true
    fdatasync(descriptor, (error) => {
      syncing = false
      syncedAt = upTo
      if (!error && !closed) onSynced(upTo)
      if (closeAfterSync) closeSync(descriptor)
    })
  }
  function flush(): void {
    if (!gathered || gatheredLength === 0) return
    const bytes = gathered.subarray(0, gatheredLength)
    gatheredLength = 0
    write(bytes)
  }
  function letGo(): void {
    if (gathered) giveBuffer(gathered)
    gathered = null
  }
  function isReplaced(): boolean {
    if (closed) return false
    const { nlink, ino } = fstatSync(descriptor)
    // Each file is asked. Most have their one name, and only where a disk counts none it is looked for.
    const found = nlink > 0 ? null : lstatSync(path, { throwIfNoEntry: false })
    return found ? found.ino !== ino : false
  }
  function close(): void {
    if (closed) return
    closed = true
    letGo()
    if (syncing) closeAfterSync = true
    else closeSync(descriptor)
  }

  return {
    path,
    descriptor,
    inode: () => fstatSync(descriptor).ino,
    length: () => written + gatheredLength,
    written: () => written,
    append(bytes) {
      hash?.hash.update(bytes)
      const isLast = written + bytes.length === expected
      if (gatheredLength === 0 && (isLast || bytes.length >= mostGathered / 4)) return write(bytes)
      gathered ??= takeBuffer(expected - written)
      if (gatheredLength + bytes.length > gathered.length) flush()
      if (bytes.length >= gathered.length) return write(bytes)
      bytes.copy(gathered, gatheredLength)
      gatheredLength += bytes.length
    },
    expect(size) {
      expected = size
    },
    flush() {
      flush()
      letGo()
    },
    restart() {
      gatheredLength = 0
      written = 0
      hash = null
      ftruncateSync(descriptor, 0)
    },
    digest(algorithm) {
      if (written + gatheredLength === 0) hash = { algorithm, hash: createDigest(algorithm) }
    },
    async digestOf(algorithm) {
      if (hash?.algorithm === algorithm) return hash.hash.base64()
      flush()
      const whole = createDigest(algorithm)
      const buffer = Buffer.allocUnsafe(Math.min(readBackBytes, Math.max(1, written)))
      for (let at = 0; at < written; ) {
        const count = readSync(descriptor, buffer, 0, buffer.length, at)
        if (count === 0) break
        whole.update(buffer.subarray(0, count))
        at += count
        await new Promise(setImmediate)
      }
      return whole.base64()
    },
    setUpdatedAt(updatedAt) {
      try {
        futimesSync(descriptor, Date.now() / 1_000, updatedAt / 1_000)
      } catch {
        // Not every disk takes every time, nor any: the file is whole all the same.
      }
    },
    isReplaced,
    close,
    remove() {
      const isElse = isReplaced()
      close()
      if (!isElse) rmSync(path, { force: true })
    },
  }
}
