import { Failure } from '../../failure.ts'

/**
 * A server that sends a byte now and then is never silent, and would hold its place for days: as little as this in so many
 * times the time of a stall counts as silence. That is less than one packet, which any link brings in two minutes.
 */
export const leastBytes = 1_024
export const stallsForLeast = 4

/** What is told of a server that is silent, or counts as that. */
export function stalled(): Failure {
  return new Failure({ kind: 'timed-out', message: 'The server stopped sending.' })
}
