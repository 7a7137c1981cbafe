import { parentPort } from 'node:worker_threads'
import { Failure } from '../../failure.ts'
import { createListingIndex } from '../index/listing-index.ts'
import { type Answer, type Call, callIndex } from './index-calls.ts'

// The program of a listing's worker thread: one index, asked by messages.
const index = createListingIndex()
let preparing = false

parentPort?.on('message', async (call: Call) => {
  parentPort?.postMessage(await answerTo(call))
  if (preparing) return
  preparing = true
  setImmediate(prepareOn)
})

/** Goes on with what will be needed while nobody asks: a call that comes meanwhile waits for one small step at most. */
function prepareOn(): void {
  preparing = index.prepare()
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
