import { parentPort } from 'node:worker_threads'
import { Failure } from '../../failure.ts'
import { freeArrays } from '../columns/free-arrays.ts'
import type { IndexView } from '../index/index-view.ts'
import { createListingIndex } from '../index/listing-index.ts'
import { type Answer, type Call, callIndex } from './index-calls.ts'
import { rehearsalFor } from './rehearsal.ts'

// The program of a listing's worker thread: one index, asked by messages.
const index = createListingIndex()
let preparing = false
let rehearsal: Generator<undefined, void> | null = null

parentPort?.on('message', async (call: Call) => {
  const answer = await answerTo(call)
  parentPort?.postMessage(answer)
  // Bytes that were given are owned here, and parsed: they need not wait to be collected.
  freeArrays(...call.input.filter((each) => each instanceof Uint8Array))
  if (answer.outcome === 'value' && (call.method === 'complete' || call.method === 'restore'))
    rehearsal ??= rehearsalFor((answer.value as IndexView | null)?.fileCount ?? 0)
  if (preparing) return
  preparing = true
  setImmediate(prepareOn)
})

/** Goes on with what will be needed while nobody asks: a call that comes meanwhile waits for one small step at most. */
function prepareOn(): void {
  preparing = index.prepare() || rehearsal?.next().done === false
  if (preparing) setImmediate(prepareOn)
}

async function answerTo({ id, method, input }: Call): Promise<Answer> {
  try {
    return { id, outcome: 'value', value: await callIndex(index, method, input) }
  } catch (thrown) {
    if (thrown instanceof Failure) return { id, outcome: 'failure', error: thrown.error }
    return { id, outcome: 'error', error: thrown instanceof Error ? thrown : new Error(String(thrown)) }
  }
}
