import { constants } from 'node:fs'
import { link, lstat, mkdir, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { AsteroidClient } from '../api/client.ts'
import { Failure, toFailure } from '../failure.ts'
import type { DownloadFile } from '../runs/run.ts'
import { numbered } from './target-path.ts'

/**
 * Downloads one file to its name below the target folder: whole, or not at all.
 *
 * Bytes go to `NAME.part`, are counted against the listing and Content-Length, flushed, and then given the final name,
 * which never replaces what is there. Answers the path it got. Throws a `Failure`, and then leaves nothing behind.
 */
export async function downloadFile(options: {
  readonly client: AsteroidClient
  readonly file: DownloadFile
  readonly folder: string
  readonly target: readonly string[]
  readonly signal: AbortSignal
  readonly onBytes: (count: number) => void
}): Promise<string> {
  const { client, file, folder, target, signal, onBytes } = options
  try {
    await makeFolders(folder, target.slice(0, -1))
    const wanted = path.join(folder, ...target)
    const { part, handle } = await createPart(wanted)
    try {
      const content = await client.openContent(file.downloadUrl, signal)
      const expected = file.size ?? contentLength(content.headers['content-length'])
      let received = 0
      for await (const bytes of content.body as AsyncIterable<Buffer>) {
        received += bytes.length
        if (expected !== null && received > expected) throw wrongSize(file, received, expected)
        await handle.writeFile(bytes)
        onBytes(bytes.length)
      }
      if (expected !== null && received !== expected) throw wrongSize(file, received, expected)
      const changed = new Date(file.updatedAt)
      if (!Number.isNaN(changed.getTime())) await handle.utimes(changed, changed)
      await handle.sync()
      await handle.close()
      signal.throwIfAborted()
      return await giveName(part, wanted)
    } catch (thrown) {
      await handle.close()
      await rm(part, { force: true })
      throw thrown
    }
  } catch (thrown) {
    throw toFailure(thrown)
  }
}

/** Makes the folders one by one, and refuses a symbolic link that someone put in the way. */
async function makeFolders(folder: string, names: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true })
  let current = folder
  for (const name of names) {
    current = path.join(current, name)
    await mkdir(current).catch((thrown: NodeJS.ErrnoException) => {
      if (thrown.code !== 'EEXIST') throw thrown
    })
    if (!(await lstat(current)).isDirectory())
      throw new Failure({ kind: 'disk', code: 'ENOTDIR', message: `“${name}” is in the way: it is not a folder.` })
  }
}

async function createPart(wanted: string) {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL
  for (let copy = 1; ; copy += 1) {
    const part = copy === 1 ? `${wanted}.part` : `${wanted}.${copy}.part`
    try {
      return { part, handle: await open(part, flags) }
    } catch (thrown) {
      if (!isExisting(thrown) || copy > 1_000) throw thrown
    }
  }
}

/** Gives the part file a final name that is free, in one step: a link fails where a rename would replace. */
async function giveName(part: string, wanted: string): Promise<string> {
  const { dir, base } = path.parse(wanted)
  for (let copy = 1; ; copy += 1) {
    const final = copy === 1 ? wanted : path.join(dir, numbered(base, copy))
    try {
      await link(part, final)
      await rm(part, { force: true })
      return final
    } catch (thrown) {
      if (isExisting(thrown) && copy <= 1_000) continue
      // A file system without hard links (FAT, some network shares): rename when the name is free.
      if (await exists(final)) throw thrown
      await rename(part, final)
      return final
    }
  }
}

async function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  )
}

function isExisting(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST'
}

function contentLength(value: string | string[] | undefined): number | null {
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : null
}

function wrongSize(file: DownloadFile, received: number, expected: number): Failure {
  const message = `“${file.path}” came with ${received} bytes or more where ${expected} were expected. It was not kept.`
  return new Failure({ kind: 'wrong-size', message })
}
