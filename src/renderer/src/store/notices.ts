import type { ActionId } from '../../../shared/actions.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { Slice } from './app-store.ts'

/** A short word at the foot of the window that goes away by itself; a problem stays until it is closed. */
export type Notice = {
  readonly id: number
  readonly tone: 'plain' | 'problem'
  readonly text: string
  /** What is offered to be done about it. */
  readonly action: ActionId | null
}

export type NoticesSlice = {
  readonly notices: readonly Notice[]
  readonly tell: (text: string, action?: ActionId) => void
  readonly report: (error: AppError) => void
  readonly dismiss: (id: number) => void
}

const mostAtOnce = 3

export const noticesSlice: Slice<NoticesSlice> = () => (set) => {
  let nextId = 1
  const add = (tone: Notice['tone'], text: string, action: ActionId | null) => {
    const notice = { id: nextId, tone, text, action }
    nextId += 1
    set(({ notices }) => ({ notices: [...notices.filter((other) => other.text !== text), notice].slice(-mostAtOnce) }))
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
