import type { Connections } from '../connections.ts'
import type { HandlersOf } from './handlers-of.ts'

export type AccountParts = Pick<Connections, 'account'>

export function accountCommands({ account }: AccountParts): HandlersOf<'account'> {
  return {
    'account:status': () => account.status(),
    'account:sign-in': ({ key, keep }) => account.signIn(key, keep),
    'account:sign-out': () => account.signOut(),
  }
}
