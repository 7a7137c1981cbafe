import type { AppError } from '../../../shared/errors.ts'
import type { Slice } from './app-store.ts'

/** A short word at the foot of the window that goes away by itself; a problem stays until it is closed. */
export type Notice = {
  readonly id: number
  readonly tone: 'plain' | 'problem'
  readonly text: string
}

export type NoticesSlice = {
  readonly notices: readonly Notice[]
  readonly tell: (text: string) => void
  readonly report: (error: AppError) => void
  readonly dismiss: (id: number) => void
}

const mostAtOnce = 3

export const noticesSlice: Slice<NoticesSlice> = () => (set) => {
  let nextId = 1
  const add = (tone: Notice['tone'], text: string) => {
    const notice = { id: nextId, tone, text }
    nextId += 1
    set(({ notices }) => ({ notices: [...notices.filter((other) => other.text !== text), notice].slice(-mostAtOnce) }))
  }
  return {
    notices: [],
    tell: (text) => add('plain', text),
    report: (error) => {
      if (error.kind !== 'cancelled') add('problem', error.message)
    },
    dismiss: (id) => set(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
  }
}
