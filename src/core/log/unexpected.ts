import type { AppError } from '../../shared/errors.ts'
import { Failure, toFailure } from '../failure.ts'
import type { Logger } from './logger.ts'

/** What nobody foresaw must not end the app: it goes to the log whole, and to the person with a word to find it there. */
export function unexpected(log: Logger, what: string, thrown: unknown): AppError {
  // The global one: `node:crypto` would be loaded at every start, for what hardly ever happens.
  const reference = crypto.randomUUID().slice(0, 8)
  log.error(what, { reference, error: thrown })
  const message = `Something went wrong that should not have. Try again; the log tells more under ${reference}.`
  return { kind: 'unexpected', reference, message }
}

/** What to tell of anything that was thrown; `what` is for the log, where nobody foresaw it. */
export function toAppError(log: Logger, what: string, thrown: unknown): AppError {
  const failure = toFailure(thrown)
  return failure instanceof Failure ? failure.error : unexpected(log, what, thrown)
}
