import { expect, test } from 'vitest'
import type { ExecutionInfo } from '../../shared/models/execution.ts'
import { Failure } from '../failure.ts'
import { followRun, pace } from './follow-run.ts'

const info = (status: string | null): ExecutionInfo => ({ agentName: null, status, createdAt: null, endedAt: null })
const offline = new Failure({ kind: 'offline', cause: 'dns', message: 'Offline.' })
const limited = new Failure({ kind: 'rate-limited', retryAfterSeconds: 400, message: 'Later.' })
const missing = new Failure({ kind: 'not-found', message: 'Gone.' })

type Turn = { readonly status?: string | null; readonly changed?: boolean; readonly failure?: Failure }

/** Follows through the turns given, without any time passing; answers the waits, and how many listings were asked for. */
async function follow(turns: readonly Turn[]) {
  const stop = new AbortController()
  const waits: number[] = []
  let turn = -1
  let listed = 0
  await followRun(
    {
      async askInfo() {
        turn += 1
        if (turn >= turns.length) stop.abort()
        const status = turns[turn]?.status
        return status === undefined ? null : info(status)
      },
      async refresh() {
        listed += 1
        const { failure, changed = false } = turns[turn] ?? {}
        if (failure) throw failure
        return changed
      },
      async wait(milliseconds) {
        waits.push(milliseconds)
      },
    },
    stop.signal,
  )
  return { waits, listed }
}

test('a run is listed once more after it has ended, and no more after that', async () => {
  const ended = await follow([{ status: 'running', changed: true }, { status: 'completed' }, { status: 'completed' }])
  expect(ended).toEqual({ waits: [pace.quick], listed: 2 })
})

test('where nothing changes it is asked less often, and often again when something does', async () => {
  const { waits } = await follow([{}, {}, {}, { changed: true }, ...Array.from({ length: 20 }, () => ({}))])
  expect(waits.slice(0, 4)).toEqual([7_500, 11_250, 16_875, 5_000])
  expect(waits.at(-1)).toBe(pace.slow)
})

test('failures make it wait longer, at least as long as the API asks, and never for ever', async () => {
  const { waits } = await follow([{ failure: offline }, { failure: offline }, { failure: limited }, { changed: true }])
  expect(waits).toEqual([10_000, 20_000, 400_000, 5_000])
  const many = await follow(Array.from({ length: 20 }, () => ({ failure: offline })))
  expect(many.waits.at(-1)).toBe(pace.afterFailure)
})

test('a run that is not to be had any longer is not followed', async () => {
  expect(await follow([{ failure: missing }, {}])).toEqual({ waits: [], listed: 1 })
})
