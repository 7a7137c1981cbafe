import { fsync, lstatSync } from 'node:fs'
import { promisify } from 'node:util'
import { giveName, stateOf } from './final-name.ts'
import type { MarkFromInternet } from './internet-mark.ts'
import type { DiskState, NameRule } from './messages.ts'
import type { PartFile } from './part-file.ts'

export type Landed = { readonly place: string; readonly state: DiskState }

export type Landing = {
  /**
   * Brings a complete part file safely to its final name: flushed to the disk, marked as from the internet, then named
   * in one step. Answers null when what had the name was left there. Throws what `fs` throws; the part file stays then.
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

/**
 * Lands files in groups: what comes while one group is flushed makes up the next. A file system writes its journal once
 * for flushes that come together, which makes many small files several times faster than one flush after the other.
 */
export function createLanding(mark: MarkFromInternet): Landing {
  let waiting: Waiting[] = []
  let running = false

  async function run(): Promise<void> {
    running = true
    while (waiting.length > 0) {
      const group = waiting.slice(0, groupSize)
      waiting = waiting.slice(groupSize)
      const flushed = await Promise.allSettled(group.map(({ part }) => flush(part.descriptor)))
      await mark(group.map(({ part }) => part.path))
      group.forEach((each, index) => {
        const result = flushed[index]
        if (result?.status === 'rejected') each.reject(result.reason)
        else name(each)
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

function name({ part, wanted, rule, resolve, reject }: Waiting): void {
  try {
    part.close()
    const naming = giveName(part.path, wanted, rule)
    if (!naming) part.remove()
    resolve(naming && { place: naming.place, state: stateOf(lstatSync(naming.place)) })
  } catch (thrown) {
    reject(thrown)
  }
}
