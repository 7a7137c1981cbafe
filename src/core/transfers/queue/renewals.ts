import type { Batch } from '../../../shared/models/transfer.ts'

/** What the person wants of an archive by the time that it can be made anew. */
export type Wish = 'run' | 'pause' | 'cancel' | 'forget'

/** Archives that are about to be made anew. Opening one may take long, and what the person says meanwhile holds at once. */
export type Renewals = {
  /** Opens one; `open` asks at its end what the person wants by then. */
  readonly begin: (id: string, open: (wish: () => Wish) => Promise<void>) => void
  /** Says what the person wants of it; answers whether it is about to be made anew. */
  readonly ask: (id: string, wish: Wish) => boolean
  /** How it looks meanwhile; null where it is not about to be made anew. */
  readonly shown: (id: string) => Pick<Batch, 'status' | 'endedAt'> | null
  /** Settles once it is open, or can't be opened. */
  readonly whenOpen: (id: string) => Promise<void>
  readonly whenAllAreOpen: () => Promise<void>
}

type Renewal = { wish: Wish; askedAt: number; open: Promise<void> }

/** Starts with none. `onChange` hears when one looks different. */
export function createRenewals(onChange: () => void): Renewals {
  const renewals = new Map<string, Renewal>()

  return {
    begin(id, open) {
      const mine: Renewal = { wish: 'run', askedAt: Date.now(), open: Promise.resolve() }
      renewals.set(id, mine)
      mine.open = open(() => mine.wish).finally(() => {
        renewals.delete(id)
        onChange()
      })
      onChange()
    },
    ask(id, wish) {
      const mine = renewals.get(id)
      if (!mine) return false
      const isOver = mine.wish === 'cancel' || mine.wish === 'forget'
      // What was called off is not paused any more, and what was cleared away does not come back.
      if (mine.wish !== 'forget' && !(isOver && wish === 'pause')) Object.assign(mine, { wish, askedAt: Date.now() })
      onChange()
      return true
    },
    shown(id) {
      const mine = renewals.get(id)
      if (!mine) return null
      if (mine.wish === 'run') return { status: { state: 'queued' }, endedAt: null }
      if (mine.wish === 'pause') return { status: { state: 'paused' }, endedAt: null }
      return { status: { state: 'cancelled' }, endedAt: mine.askedAt }
    },
    whenOpen: async (id) => renewals.get(id)?.open,
    async whenAllAreOpen() {
      await Promise.all([...renewals.values()].map(({ open }) => open))
    },
  }
}
