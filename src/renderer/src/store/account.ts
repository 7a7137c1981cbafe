import type { AppError } from '../../../shared/errors.ts'
import type { Account } from '../../../shared/models/account.ts'
import type { Slice } from './app-store.ts'

export type SigningIn =
  | { readonly state: 'idle' }
  | { readonly state: 'checking' }
  | { readonly state: 'failed'; readonly error: AppError }

export type AccountSlice = {
  readonly account: Account | null
  readonly signingIn: SigningIn
  readonly loadAccount: () => Promise<void>
  /** Answers whether the key was taken. The key itself is never kept here. */
  readonly signIn: (key: string, keep: 'keychain' | 'session') => Promise<boolean>
  readonly signOut: () => Promise<void>
  readonly forgetSignInProblem: () => void
}

export const accountSlice: Slice<AccountSlice> = (api) => (set, get) => ({
  account: null,
  signingIn: { state: 'idle' },
  loadAccount: async () => {
    const answer = await api.invoke('account:status', undefined)
    if (answer.ok) set({ account: answer.value })
    else get().report(answer.error)
  },
  signIn: async (key, keep) => {
    set({ signingIn: { state: 'checking' } })
    const answer = await api.invoke('account:sign-in', { key, keep })
    if (!answer.ok) {
      set({ signingIn: { state: 'failed', error: answer.error } })
      return false
    }
    set({ account: answer.value, signingIn: { state: 'idle' } })
    get().retryOpening()
    return true
  },
  signOut: async () => {
    const answer = await api.invoke('account:sign-out', undefined)
    if (!answer.ok) return get().report(answer.error)
    set({ account: answer.value })
    get().tell('You are signed out. The key was removed from this computer.')
  },
  forgetSignInProblem: () => set({ signingIn: { state: 'idle' } }),
})
