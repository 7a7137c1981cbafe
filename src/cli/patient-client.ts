import { setTimeout as sleep } from 'node:timers/promises'
import { waitWords } from '../core/api/answer-error.ts'
import type { AsteroidClient } from '../core/api/client.ts'
import { Failure } from '../core/failure.ts'
import type { Output } from './output.ts'

const longestWaitSeconds = 120
const mostWaits = 5
const unnamedWaitSeconds = 5

type Wait = (seconds: number, signal: AbortSignal | undefined) => Promise<void>

const inTime: Wait = (seconds, signal) => sleep(seconds * 1_000, undefined, signal ? { signal } : {})

/**
 * A client that lists again where the API asks for patience, as long as that is short: at most five times and two minutes
 * in all. Each wait is said.
 */
export function patient(client: AsteroidClient, output: Pick<Output, 'say'>, wait: Wait = inTime): AsteroidClient {
  return {
    ...client,
    async openListing(executionId, signal) {
      let waited = 0
      for (let waits = 0; ; waits += 1)
        try {
          return await client.openListing(executionId, signal)
        } catch (thrown) {
          const seconds = secondsToWait(thrown)
          if (seconds === null || waits >= mostWaits || waited + seconds > longestWaitSeconds) throw thrown
          waited += seconds
          output.say(`The API asks you to wait. Trying again in ${waitWords(seconds)}.`)
          await wait(seconds, signal)
        }
    },
  }
}

function secondsToWait(thrown: unknown): number | null {
  if (!(thrown instanceof Failure) || thrown.error.kind !== 'rate-limited') return null
  return Math.max(1, thrown.error.retryAfterSeconds ?? unnamedWaitSeconds)
}
