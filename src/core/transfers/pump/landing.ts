import { fsync, fsyncSync, lstatSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { giveName, stateOf } from './final-name.ts'
import { flushFolder } from './flush-folder.ts'
import type { MarkFromInternet } from './internet-mark.ts'
import type { DiskState, NameRule } from './messages.ts'
import type { PartFile } from './part-file.ts'

export type Landed = { readonly place: string; readonly state: DiskState | null }

export type Landing = {
  /**
   * Brings a complete part file safely to its final name: flushed to the disk, marked as from the internet, then named in
   * one step that outlives a loss of power, too. Answers null when what had the name was left there. Throws what `fs`
   * throws, and where something else has the part file's name; the part file stays then.
   */
  readonly land: (part: PartFile, wanted: string, rule: NameRule) => Promise<Landed | null>
}

type Waiting = {
  readonly part: PartFile
  readonly wanted: string
  readonly rule: NameRule
  readonly resolve: (landed: Landed | null) => void
  readonly reject: (thrown: unknown) => void
}

const flush = promisify(fsync)
const groupSize = 64
/** Where a flush takes less than this, as on a RAM disk, handing it to another thread would take longer. */
const quickMilliseconds = 0.2

/**
 * Lands files in groups: what comes while one group is flushed makes up the next. A file system writes its journal once
 * for flushes that come together, which makes many small files several times faster than one flush after the other.
 */
export function createLanding(mark: MarkFromInternet): Landing {
  let waiting: Waiting[] = []
  let running = false
  let isQuick = false

  /** Flushes all; what has gone wrong with one stands in its place. */
  async function flushAll(group: readonly Waiting[]): Promise<readonly unknown[]> {
    const started = performance.now()
    const failures = isQuick ? group.map(flushHere) : await Promise.all(group.map(flushElsewhere))
    isQuick = performance.now() - started < quickMilliseconds * group.length
    return failures
  }

  async function run(): Promise<void> {
    running = true
    while (waiting.length > 0) {
      const group = waiting.slice(0, groupSize)
      waiting = waiting.slice(groupSize)
      const failures = await flushAll(group)
      await mark(group.map(({ part }) => part.path))
      const tells = group.map((each, index) => (failures[index] ? fail(each, failures[index]) : name(each)))
      const folders = new Set(group.map(({ wanted }) => path.dirname(wanted)))
      // The next group is flushed meanwhile: a file system that has a journal writes both at once.
      void Promise.all([...folders].map((folder) => flushFolder(folder, isQuick))).then(() => {
        for (const tell of tells) tell()
      })
    }
    running = false
  }

  return {
    land: (part, wanted, rule) =>
      new Promise((resolve, reject) => {
        waiting.push({ part, wanted, rule, resolve, reject })
        if (!running) setImmediate(run)
        running = true
      }),
  }
}

function flushHere({ part }: Waiting): unknown {
  try {
    fsyncSync(part.descriptor)
    return null
  } catch (thrown) {
    return thrown
  }
}

function flushElsewhere({ part }: Waiting): Promise<unknown> {
  return flush(part.descriptor).then(
    () => null,
    (thrown) => thrown,
  )
}

/** What the disk did not take in is not known to be there: nothing may go on from it. Answers how to tell of it. */
function fail({ part, reject }: Waiting, thrown: unknown): () => void {
  try {
    part.restart()
  } catch {
    // It is gone, or the disk refuses this as well; the first reason is the one to tell.
  }
  return () => reject(thrown)
}

function name({ part, wanted, rule, resolve, reject }: Waiting): () => void {
  try {
    if (part.isReplaced()) throw new Error('Something else has the name of the part file.')
    part.close()
    const naming = giveName(part.path, wanted, rule)
    if (!naming) part.remove()
    const state = naming && rule.rule === 'in-step' ? stateOf(lstatSync(naming.place)) : null
    return () => resolve(naming && { place: naming.place, state })
  } catch (thrown) {
    return () => reject(thrown)
  }
}
