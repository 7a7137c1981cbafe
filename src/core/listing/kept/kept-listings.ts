import { readdir, readFile, rm, stat, utimes } from 'node:fs/promises'
import path from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import type { ExecutionKey } from '../../../shared/models/execution.ts'
import { makeFolders } from '../../make-folders.ts'

/** Bytes that all kept listings may take, and one alone: a million files take some 80 MB. */
const usualLimits = { together: 256 * 1024 * 1024, alone: 128 * 1024 * 1024 }

const ending = '.listing'
/** Beside a listing: how it was looked at since it was kept. */
const viewEnding = '.view'

/** Where an execution's listing is kept. Its parts are of a known form, so that no name leads out of the folder. */
export function keptListingPath(folder: string, { executionId, source }: ExecutionKey): string {
  return path.join(folder, `${source}-${executionId.toLowerCase()}${ending}`)
}

/** The bytes that are kept, or null. Marks them as used, since what was unused longest goes first. */
export async function readKept(file: string, now: Date): Promise<Uint8Array | null> {
  try {
    const bytes = await readFile(file)
    await utimes(file, now, now)
    return bytes
  } catch {
    return null
  }
}

/** How a listing was looked at since it was kept, or null. */
export async function readKeptView(file: string): Promise<Uint8Array | null> {
  return await readFile(viewPath(file)).catch(() => null)
}

/**
 * Keeps a listing, whole or not at all, and lets go of the oldest beyond the limit. What is too large alone is not kept:
 * tells whether it was.
 */
export async function keep(file: string, bytes: Uint8Array, limits = usualLimits): Promise<boolean> {
  if (bytes.length > limits.alone) {
    await forgetKept(file)
    return false
  }
  const folder = path.dirname(file)
  await makeFolders(folder, 0o700)
  await write(file, bytes)
  await rm(viewPath(file), { force: true })

  const names = (await readdir(folder)).filter((name) => name.endsWith(ending))
  const kept = await Promise.all(
    names.map(async (name) => {
      const { mtimeMs, size } = await stat(path.join(folder, name))
      return { name, mtimeMs, size }
    }),
  )
  let together = 0
  for (const { name, size } of kept.sort((a, b) => b.mtimeMs - a.mtimeMs)) {
    together += size
    if (together > limits.together) await forgetKept(path.join(folder, name))
  }
  return true
}

/** Keeps how a listing that is kept has been looked at since, whole or not at all. */
export async function keepView(file: string, bytes: Uint8Array): Promise<void> {
  await write(viewPath(file), bytes)
  // Another listing may have taken its room meanwhile.
  if ((await stat(file).catch(() => null)) === null) await rm(viewPath(file), { force: true })
}

/** Forgets one kept listing, and how it was looked at. */
export async function forgetKept(file: string): Promise<void> {
  for (const each of [viewPath(file), file]) await rm(each, { force: true })
}

/** Forgets every kept listing. The folder stays, since a listing may be on its way into it at this moment. */
export async function clearKeptListings(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  await Promise.all(names.map((name) => rm(path.join(folder, name), { recursive: true, force: true })))
}

function viewPath(file: string): string {
  return `${file.slice(0, -ending.length)}${viewEnding}`
}

async function write(file: string, bytes: Uint8Array): Promise<void> {
  await writeFileAtomic(file, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), { mode: 0o600 })
}
