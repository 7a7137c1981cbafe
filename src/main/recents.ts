import { z } from 'zod'
import { type ExecutionKey, type Recent, recentSchema } from '../shared/models/execution.ts'
import type { Listing } from '../shared/models/listing.ts'
import { isSameExecution } from '../shared/same-execution.ts'
import type { StateFile } from './state-file.ts'

/** One entry that does not fit never costs the others. */
export const recentsSchema = z.array(z.unknown()).transform((entries) =>
  entries.flatMap((entry) => {
    const parsed = recentSchema.safeParse(entry)
    return parsed.success ? [parsed.data] : []
  }),
)

/** Pinned executions are kept for good; of the others only so many. */
const maximumUnpinned = 50

export type Recents = {
  /** Pinned first, then the most recently opened. */
  readonly list: () => readonly Recent[]
  /** Notes that an execution was opened and is there. */
  readonly note: (recent: Pick<Recent, 'executionId' | 'source'> & Partial<Recent>) => void
  /** Notes it as soon as `learn` hears that it has listed: one that is not found is not remembered. */
  readonly expect: (recent: Pick<Recent, 'executionId' | 'source'> & Partial<Recent>) => void
  /** Keeps what the API told of an execution that was opened. */
  readonly learn: (told: Told) => void
  readonly pin: (key: ExecutionKey, pinned: boolean) => readonly Recent[]
  readonly remove: (key: ExecutionKey) => readonly Recent[]
  readonly clear: () => readonly Recent[]
}

type Told = Pick<Listing, 'executionId' | 'source' | 'info' | 'loadedAt'>

/** Keeps the executions that were opened on this computer. */
export function createRecents(
  file: Pick<StateFile<Recent[]>, 'read' | 'write'>,
  onChange: (recents: readonly Recent[]) => void,
): Recents {
  let recents: readonly Recent[] = sorted(file.read())
  const expected = new Map<string, Parameters<Recents['note']>[0]>()

  function replace(changed: readonly Recent[]): readonly Recent[] {
    const kept = sorted(changed)
    if (JSON.stringify(kept) === JSON.stringify(recents)) return recents
    recents = kept
    void file.write([...kept])
    onChange(kept)
    return kept
  }

  return {
    list: () => recents,
    note(noted) {
      const known = recents.find((each) => isSameExecution(each, noted))
      const label = noted.executionId.slice(0, 8)
      const fresh: Recent = { label, pinned: false, openedAt: Date.now(), info: null, ...known, ...noted }
      replace([fresh, ...recents.filter((each) => !isSameExecution(each, noted))])
    },
    expect(recent) {
      expected.set(nameOf(recent), recent)
    },
    learn(told) {
      const recent = expected.get(nameOf(told))
      if (recent && told.loadedAt !== 0) {
        expected.delete(nameOf(told))
        this.note(recent)
      }
      if (told.info !== null)
        replace(recents.map((each) => (isSameExecution(each, told) ? { ...each, info: told.info } : each)))
    },
    pin: (key, pinned) => replace(recents.map((each) => (isSameExecution(each, key) ? { ...each, pinned } : each))),
    remove: (key) => replace(recents.filter((each) => !isSameExecution(each, key))),
    clear: () => replace([]),
  }
}

function sorted(recents: readonly Recent[]): Recent[] {
  const newestFirst = recents.toSorted((one, other) => other.openedAt - one.openedAt)
  const pinned = newestFirst.filter((recent) => recent.pinned)
  return [...pinned, ...newestFirst.filter((recent) => !recent.pinned).slice(0, maximumUnpinned)]
}

function nameOf({ executionId, source }: Pick<Recent, 'executionId' | 'source'>): string {
  return `${source} ${executionId}`
}
