import type { Nodes } from '../../shared/models/listing.ts'
import type { ChosenNodes } from './index/choices.ts'
import type { IndexHost } from './thread/index-host.ts'

/** Hands out what nodes stand for, as it was when it was asked for. */
export type HandOut = {
  /** Names the files that nodes stand for as things are now, whatever is picked or filtered for afterwards. */
  readonly choose: (files: Nodes) => Nodes
  /** Forgets a choice; what was asked by it goes on. */
  readonly letGo: (chosen: Nodes) => void
  /** Asks about files as they are chosen now, though the answer may have to wait for a listing until it `isReady`. */
  readonly asChosen: <T>(files: Nodes, isReady: boolean, ask: (files: Nodes) => Promise<T>) => Promise<T>
  /** The same for a walk, which `open` starts in the index: its steps. */
  readonly steps: <T>(
    files: Nodes,
    isReady: boolean,
    open: (files: Nodes) => Promise<number>,
  ) => AsyncIterableIterator<T>
}

export function handOut(options: {
  readonly host: IndexHost
  readonly isClosed: () => boolean
  /** Settles once there is a listing with links. */
  readonly withLinks: () => Promise<void>
}): HandOut {
  const { host, isClosed, withLinks } = options
  let lastChoice = 0

  function choose(files: Nodes): Nodes {
    lastChoice += 1
    const choice = lastChoice
    // Whoever asks for these files hears of it.
    host.call('choose', choice, files).catch(() => {})
    return { ...files, choice } as ChosenNodes
  }
  function letGo({ choice }: ChosenNodes): void {
    // A thread that has ended holds nothing more.
    if (choice !== undefined && !isClosed()) host.call('letGo', choice).catch(() => {})
  }
  async function asChosen<T>(files: Nodes, isReady: boolean, ask: (files: Nodes) => Promise<T>): Promise<T> {
    if (isReady) return ask(files)
    const mine = choose(files)
    try {
      await withLinks()
      return await ask(mine)
    } finally {
      letGo(mine)
    }
  }

  return {
    choose,
    letGo,
    asChosen,
    steps<T>(files: Nodes, isReady: boolean, open: (files: Nodes) => Promise<number>): AsyncIterableIterator<T> {
      const opening = asChosen(files, isReady, open)
      // Whoever asks for the first step hears of it.
      opening.catch(() => {})
      let ended = false
      return {
        async next() {
          const step = ended ? null : await host.call('walkOn', await opening)
          ended ||= step === null
          return step === null ? { done: true, value: undefined } : { done: false, value: step as T }
        },
        async return() {
          if (!ended && !isClosed()) opening.then((walk) => host.call('endWalk', walk)).catch(() => {})
          ended = true
          return { done: true, value: undefined }
        },
        [Symbol.asyncIterator]() {
          return this
        },
      }
    },
  }
}
