import { constants, lstatSync, type Stats } from 'node:fs'
import { lstat, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { Failure, toFailure } from '../failure.ts'
import { makeFolders } from '../make-folders.ts'
import type { RemoteFile } from '../preview/remote-file.ts'
import type { MarkFromInternet } from '../transfers/pump/internet-mark.ts'
import { isOurs } from './private-folder.ts'

/** A file on disk as it was when it was written: whoever changed or replaced it since is noticed. */
export type WrittenFile = {
  readonly path: string
  readonly size: number
  readonly inode: number
  readonly changedAt: number
}

/** Fetches a file to its final name, which it gets only when it is whole. Throws a `Failure`, and then leaves nothing. */
export async function writeCopy(options: {
  readonly remote: RemoteFile
  readonly target: string
  readonly signal: AbortSignal
  readonly onBytes: (count: number) => void
  /** Marks it as from the internet, before it has its name. */
  readonly mark: MarkFromInternet
}): Promise<WrittenFile> {
  const { remote, target, signal, onBytes, mark } = options
  const part = `${target}.part`
  try {
    await makeFolders(path.dirname(target), 0o700)
    const handle = await open(part, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600)
    try {
      const content = await remote.open(null, signal)
      const expected = remote.file().size ?? content?.length ?? null
      let received = 0
      for await (const bytes of (content?.body ?? []) as AsyncIterable<Buffer>) {
        received += bytes.length
        if (expected !== null && received > expected) break
        await handle.writeFile(bytes)
        onBytes(bytes.length)
      }
      signal.throwIfAborted()
      if (expected !== null && received !== expected) throw wrongSize(remote.file().path, received, expected)
      await mark([part])
      const changed = new Date(remote.file().updatedAt)
      // Not every disk takes every time: the copy is whole all the same.
      if (!Number.isNaN(changed.getTime())) await handle.utimes(changed, changed).catch(() => {})
    } finally {
      await handle.close()
    }
    await rename(part, target)
    return describe(target, await lstat(target))
  } catch (thrown) {
    await rm(part, { force: true })
    throw toFailure(thrown)
  }
}

/** Tells whether a file is still the one that was written. Not asynchronous: a drag can't wait. */
export function isUnchanged({ path: file, size, inode, changedAt }: WrittenFile): boolean {
  const stats = lstatSync(file, { throwIfNoEntry: false })
  return (
    stats?.isFile() === true &&
    isOurs(stats) &&
    stats.size === size &&
    stats.ino === inode &&
    stats.mtimeMs === changedAt
  )
}

function describe(file: string, stats: Stats): WrittenFile {
  return { path: file, size: stats.size, inode: stats.ino, changedAt: stats.mtimeMs }
}

function wrongSize(file: string, received: number, expected: number): Failure {
  const message = `“${file}” came with ${received} bytes where ${expected} were expected. The copy was not kept.`
  return new Failure({ kind: 'wrong-size', message })
}
