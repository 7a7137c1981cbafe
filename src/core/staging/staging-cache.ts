import { randomBytes } from 'node:crypto'
import { utimesSync } from 'node:fs'
import { lstat, mkdir, readdir, rm, utimes } from 'node:fs/promises'
import path from 'node:path'
import { Failure } from '../failure.ts'
import { makePrivateFolder } from './private-folder.ts'
import { isUnchanged, type WrittenFile } from './staged-copy.ts'

/** One file or folder that stands ready. */
export type Copy = { readonly path: string; readonly files: readonly WrittenFile[] }

/**
 * The copies on disk: bounded, the oldest given up first.
 *
 * Only what this process wrote itself is ever handed out; whatever else lies in the folder is not looked at. What was
 * handed to a drop or an app stays for an hour, since nobody tells when a file manager has finished with it.
 */
export type StagingCache = {
  /** Removes what earlier runs of the app left, but for what was handed out within the last hour. */
  readonly sweep: () => Promise<void>
  /** Makes room, and a folder of its own for a new copy. Throws a `Failure` when there is no room for it. */
  readonly place: (key: string, size: number) => Promise<string>
  readonly add: (key: string, place: string, copy: Copy) => Promise<void>
  /** Gives up a place whose copy failed. */
  readonly release: (place: string) => Promise<void>
  /** The copy of a key, checked against what is on disk; null when it was moved away or changed. Not asynchronous. */
  readonly find: (key: string) => Copy | null
  /** Keeps copies for an hour, since they are about to be handed out. */
  readonly hold: (keys: readonly string[]) => void
}

type Entry = { readonly folder: string; readonly copy: Copy; readonly size: number; usedAt: number; heldAt: number }

const holdMilliseconds = 60 * 60 * 1_000

export function createStagingCache(options: {
  /** Used for nothing else. Made when it is first needed. */
  readonly folder: string
  /** Bytes that are kept at most. */
  readonly limit: number
  readonly now: () => number
}): StagingCache {
  const { folder, limit, now } = options
  const entries = new Map<string, Entry>()
  /** Room that is promised to copies on their way. */
  const promised = new Map<string, number>()

  async function forget(key: string, entry: Entry): Promise<void> {
    entries.delete(key)
    await rm(entry.folder, { recursive: true, force: true, maxRetries: 3 })
  }
  function used(): number {
    const kept = [...entries.values()].reduce((sum, { size }) => sum + size, 0)
    return [...promised.values()].reduce((sum, size) => sum + size, kept)
  }

  return {
    async sweep() {
      await makePrivateFolder(folder)
      const ours = new Set([...entries.values()].map((entry) => path.basename(entry.folder)))
      for (const name of await readdir(folder)) {
        const found = path.join(folder, name)
        const isWanted = ours.has(name) || promised.has(found)
        const heldAt = (await lstat(found)).mtimeMs
        if (!isWanted && now() - heldAt > holdMilliseconds) await rm(found, { recursive: true, force: true })
      }
    },
    async place(key, size) {
      const byAge = [...entries].sort(([, a], [, b]) => a.usedAt - b.usedAt)
      for (const [old, entry] of byAge) {
        if (used() + size <= limit) break
        if (now() - entry.heldAt > holdMilliseconds) await forget(old, entry)
      }
      if (used() + size > limit) throw noRoom()
      await makePrivateFolder(folder)
      const place = path.join(folder, `${key}-${randomBytes(6).toString('hex')}`)
      await mkdir(place, { mode: 0o700 })
      promised.set(place, size)
      return place
    },
    async add(key, place, copy) {
      // A folder's own time tells a later start of the app when its copy was last handed out: never, so far.
      await utimes(place, 0, 0)
      promised.delete(place)
      const size = copy.files.reduce((sum, file) => sum + file.size, 0)
      entries.set(key, { folder: place, copy, size, usedAt: now(), heldAt: 0 })
    },
    async release(place) {
      promised.delete(place)
      await rm(place, { recursive: true, force: true, maxRetries: 3 })
    },
    find(key) {
      const entry = entries.get(key)
      if (!entry) return null
      if (!entry.copy.files.every(isUnchanged)) {
        entries.delete(key)
        return null
      }
      entry.usedAt = now()
      return entry.copy
    },
    hold(keys) {
      for (const key of keys) {
        const entry = entries.get(key)
        if (!entry) continue
        entry.heldAt = now()
        utimesSync(entry.folder, now() / 1_000, now() / 1_000)
      }
    },
  }
}

function noRoom(): Failure {
  return new Failure({
    kind: 'too-large',
    message:
      'There is no room for a copy of this size. Download it instead; the downloaded file can be dragged and opened.',
  })
}
