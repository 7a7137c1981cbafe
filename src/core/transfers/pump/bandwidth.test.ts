import { expect, test } from 'vitest'
import type { Exchange } from '../http/connection.ts'
import { createBandwidth } from './bandwidth.ts'

const exchange = { pause() {}, resume() {} } as Partial<Exchange> as Exchange

test('who waits to begin also waits for what comes meanwhile', async () => {
  const bandwidth = createBandwidth()
  bandwidth.setLimit(10_000)
  const started = performance.now()
  bandwidth.count(2_000, exchange)
  const free = bandwidth.whenFree()
  bandwidth.count(3_000, exchange)
  await free
  // 5,000 bytes are half a second, less the slack. A slow machine makes it later, and never earlier.
  expect(performance.now() - started).toBeGreaterThan(380)
})
