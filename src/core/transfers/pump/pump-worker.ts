import { parentPort, workerData } from 'node:worker_threads'
import { markFromInternet } from './internet-mark.ts'
import type { PumpOrder } from './messages.ts'
import { createPump } from './pump.ts'

// The entry of a pump's thread: the app's build has it as a file of its own.
const port = parentPort
if (!port) throw new Error('This file is the entry of a worker thread.')
const pump = createPump({
  limits: workerData.limits,
  mark: markFromInternet(process.platform),
  tell: (news) => port.postMessage(news),
})
port.on('message', (order: PumpOrder) => pump.take(order))
