import type { ActionId } from '../../../shared/actions.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { Slice } from './app-store.ts'

/** A short word at the foot of the files that goes away by itself. */
export type Notice = {
  readonly id: number
  readonly tone: 'plain' | 'problem'
  readonly text: string
  /** What is offered to be done about it; it can be done elsewhere, too. */
  readonly action: ActionId | null
  /** How often it was said while it was on show. */
  readonly times: number
}

export type NoticesSlice = {
  /** The oldest first. */
  readonly notices: readonly Notice[]
  readonly tell: (text: string, action?: ActionId) => void
  readonly report: (error: AppError) => void
  readonly dismiss: (id: number) => void
}

const mostAtOnce = 3

export const noticesSlice: Slice<NoticesSlice> = () => (set) => {
  let nextId = 1
  const add = (tone: Notice['tone'], text: string, action: ActionId | null) => {
    const id = nextId
    nextId += 1
    set(({ notices }) => {
      const same = notices.find((other) => other.text === text && other.tone === tone)
      if (!same) return { notices: fewest([...notices, { id, tone, text, action, times: 1 }]) }
      const again = { ...same, action, times: same.times + 1 }
      return { notices: notices.map((other) => (other === same ? again : other)) }
    })
  }
  return {
    notices: [],
    tell: (text, action) => add('plain', text, action ?? null),
    report: (error) => {
      if (error.kind !== 'cancelled') add('problem', error.message, null)
    },
    dismiss: (id) => set(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
  }
}

/** As many as fit, the newest in any case; what is no problem goes first. */
function fewest(notices: readonly Notice[]): readonly Notice[] {
  if (notices.length <= mostAtOnce) return notices
  const oldest = notices.slice(0, -1).find(({ tone }) => tone === 'plain') ?? notices[0]
  return notices.filter((notice) => notice !== oldest)
}
