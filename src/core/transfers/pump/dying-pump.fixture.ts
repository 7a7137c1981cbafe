import { writeFileSync } from 'node:fs'
import { getEnvironmentData, parentPort, workerData } from 'node:worker_threads'
import type { PumpNews, PumpOrder } from './messages.ts'
import { createPump } from './pump.ts'

/** When and how a thread dies, the first time only, which leaves a file as its mark; set as `setEnvironmentData('dies', …)`. */
export type Dies = {
  readonly when: 'bytes have come' | 'a file has its name' | 'it is told to stop'
  /** Whether it still tells of what has come. */
  readonly tells: boolean
  readonly how: 'throws' | 'exits'
  /** So many, where it is bytes that have come. */
  readonly bytes: number
  readonly mark: string
}

// A pump's thread that dies.
const dies = getEnvironmentData('dies') as Dies

function isTime(when: Dies['when']): boolean {
  if (when !== dies.when) return false
  try {
    writeFileSync(dies.mark, '', { flag: 'wx' })
    return true
  } catch {
    return false
  }
}

function die(): void {
  if (dies.how === 'exits') process.exit(0)
  throw new Error('The thread dies here.')
}

function hasCome({ held, ended }: PumpNews): Dies['when'] | null {
  if (ended.some(([, { end }]) => end === 'landed')) return 'a file has its name'
  return held.some(([, { bytes }]) => bytes >= dies.bytes) ? 'bytes have come' : null
}

const pump = createPump({
  limits: workerData.limits,
  mark: async () => {},
  tell(news) {
    const moment = hasCome(news)
    const isLast = moment !== null && isTime(moment)
    if (!isLast || dies.tells) parentPort?.postMessage(news)
    if (isLast) die()
  },
})
parentPort?.on('message', (order: PumpOrder) => {
  if (order.order === 'stop' && isTime('it is told to stop')) die()
  pump.take(order)
})
