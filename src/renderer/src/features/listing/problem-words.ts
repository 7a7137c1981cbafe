import { assertNever } from '../../../../shared/assert-never.ts'
import type { AppError } from '../../../../shared/errors.ts'

/** What a person can do about a listing that could not be had. */
export type Remedy = 'retry' | 'key' | 'none'

/** A problem with a listing as a heading, and the way out of it; a key from the environment can't be mended in the window. */
export function problemWords(
  error: AppError,
  isKeyFromEnvironment = false,
): {
  readonly title: string
  readonly hint: string
  readonly remedy: Remedy
} {
  switch (error.kind) {
    case 'key-missing':
      return { title: 'This run needs your API key', hint: 'Paste it here, and the run opens.', remedy: 'key' }
    case 'unauthorized':
      return isKeyFromEnvironment
        ? {
            title: 'Your key was refused',
            hint: 'It comes from ASTEROID_API_KEY. Correct it there, and start the app again.',
            remedy: 'retry',
          }
        : { title: 'Your key was refused', hint: 'Paste another one here, and the run opens.', remedy: 'key' }
    case 'not-found':
      return {
        title: 'There is no such run',
        hint: 'Check that the id is complete, and that your key belongs to the organisation of the run.',
        remedy: 'retry',
      }
    case 'offline':
      return {
        title: 'Asteroid can’t be reached',
        hint: 'Check this computer’s connection. Nothing that you downloaded is affected.',
        remedy: 'retry',
      }
    case 'rate-limited':
      return {
        title: 'Asteroid asks for a pause',
        hint: 'You don’t need to do anything: the files will appear by themselves.',
        remedy: 'retry',
      }
    case 'timed-out':
      return {
        title: 'Asteroid took too long to answer',
        hint: 'It may be busy. Try again in a while.',
        remedy: 'retry',
      }
    case 'server-error':
      return {
        title: 'Asteroid has a problem',
        hint: 'The problem is not on your side, and nothing that you downloaded is affected.',
        remedy: 'retry',
      }
    case 'bad-response':
      return {
        title: 'The answer could not be understood',
        hint: 'A newer version of this app may help. Copy diagnostics from the Help menu to report it.',
        remedy: 'retry',
      }
    case 'too-large':
      return { title: 'The list of files is too large', hint: 'The run itself is unharmed.', remedy: 'none' }
    case 'cancelled':
      return { title: 'Loading was stopped', hint: 'Refresh to continue.', remedy: 'retry' }
    case 'invalid-input':
    case 'unsafe-url':
    case 'link-expired':
    case 'wrong-size':
    case 'disk-full':
    case 'disk':
    case 'keychain-missing':
    case 'keychain-locked':
    case 'keychain-slow':
    case 'unexpected':
      return { title: 'The run could not be opened', hint: 'Try again.', remedy: 'retry' }
    default:
      return assertNever(error)
  }
}
