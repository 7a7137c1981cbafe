import type { Batch, ConflictPolicy } from '../../../shared/models/transfer.ts'
import type { DiskState, NameRule } from '../pump/messages.ts'
import { type Item, updatedAtOf } from './item.ts'

/** Names that are taken, and what the person wants done about them. */
export type Conflicts = {
  readonly ruleFor: (item: Pick<Item, 'index'>) => NameRule
  /** An item's name is taken, and nobody has said what to do. */
  readonly ask: (item: Item, existing: DiskState) => void
  readonly shown: () => Batch['conflict']
  /** Whether so many wait for an answer that no further ones should be found. */
  readonly areMany: () => boolean
  /** Answers which items can go on. */
  readonly answer: (policy: ConflictPolicy, forAll: boolean) => readonly Item[]
  readonly forget: (item: Item) => void
}

const many = 64

/** Starts with what the person has set. */
export function createConflicts(set: 'ask' | ConflictPolicy): Conflicts {
  let forAll = set
  const answers = new Map<number, ConflictPolicy>()
  const waiting = new Map<Item, DiskState>()

  return {
    ruleFor({ index }) {
      const rule = answers.get(index) ?? forAll
      return rule === 'ask' ? { rule } : { rule, keepsSame: set === 'ask' }
    },
    ask(item, existing) {
      waiting.set(item, existing)
    },
    shown() {
      const [first] = waiting
      if (!first) return null
      const [{ file }, existing] = first
      return {
        path: file.path,
        existingSize: existing.size,
        existingUpdatedAt: existing.updatedAt,
        newSize: file.size,
        newUpdatedAt: updatedAtOf(file),
      }
    },
    areMany: () => waiting.size >= many,
    answer(policy, isForAll) {
      if (isForAll) forAll = policy
      const items = [...waiting.keys()].slice(0, isForAll ? undefined : 1)
      for (const item of items) {
        waiting.delete(item)
        answers.set(item.index, policy)
      }
      return items
    },
    forget(item) {
      waiting.delete(item)
    },
  }
}
