import { assertNever } from '../shared/assert-never.ts'
import type { AppError } from '../shared/errors.ts'

export const exitStatus = {
  done: 0,
  someFailed: 1,
  usage: 2,
  key: 3,
  notFound: 4,
  unusable: 5,
  interrupted: 130,
} as const

/** The exit status that a failure of the whole command ends in. */
export function exitStatusOf(error: AppError): number {
  switch (error.kind) {
    case 'invalid-input':
    case 'unsafe-url':
      return exitStatus.usage
    case 'unauthorized':
    case 'key-missing':
    case 'keychain-missing':
    case 'keychain-locked':
    case 'keychain-slow':
      return exitStatus.key
    case 'not-found':
      return exitStatus.notFound
    case 'cancelled':
      return exitStatus.interrupted
    case 'disk-full':
    case 'disk':
    case 'link-expired':
    case 'wrong-size':
      return exitStatus.someFailed
    case 'rate-limited':
    case 'server-error':
    case 'bad-response':
    case 'too-large':
    case 'offline':
    case 'timed-out':
    case 'unexpected':
      return exitStatus.unusable
    default:
      return assertNever(error)
  }
}
