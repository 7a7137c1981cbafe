import type { Nodes } from '../../../shared/models/listing.ts'
import { Failure } from '../../failure.ts'
import type { Selection } from '../rows/selection.ts'

/** What a person saw and had picked when they asked for something. */
export type Sight<Filtered> = {
  readonly picks: Uint8Array
  readonly filtered: Filtered
}

/** Choices by number: what was asked for stays that, whatever is picked or filtered for afterwards. */
export type Choices<Filtered> = {
  /** Keeps what nodes stand for as things are now, or what an earlier choice stands for. */
  readonly choose: (choice: number, files: ChosenNodes) => void
  /** What the nodes stand for: as it was chosen, or as things are now. */
  readonly sightOf: (files: ChosenNodes) => Sight<Filtered>
  readonly letGo: (choice: number) => void
  /** Whether there are none. */
  readonly areNone: () => boolean
}

/** Nodes, and by which choice. */
export type ChosenNodes = Nodes & { readonly choice?: number }

/** Makes an empty set of choices; one costs a byte for each node that could have been picked. */
export function createChoices<Filtered>(selection: Selection, filtered: () => Filtered): Choices<Filtered> {
  const choices = new Map<number, Sight<Filtered>>()
  const sightOf = ({ choice }: ChosenNodes): Sight<Filtered> => {
    if (choice === undefined) return { picks: selection.picks, filtered: filtered() }
    const chosen = choices.get(choice)
    if (!chosen)
      throw new Failure({ kind: 'invalid-input', message: 'Those files are no longer chosen. Choose them again.' })
    return chosen
  }
  return {
    choose(choice, files) {
      const sight = sightOf(files)
      choices.set(choice, files.choice === undefined ? { ...sight, picks: sight.picks.slice() } : sight)
    },
    sightOf,
    letGo(choice) {
      choices.delete(choice)
    },
    areNone: () => choices.size === 0,
  }
}
