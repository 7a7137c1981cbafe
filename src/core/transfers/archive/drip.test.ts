import { expect, test } from 'vitest'
import { createDripWatch } from './drip.ts'

test('a server that sends a byte now and then is told as timed out', () => {
  const onBytes = createDripWatch(1_000)
  const drip = () => onBytes(1, 500)
  for (let count = 1; count < 8; count += 1) drip()
  expect(drip).toThrow(expect.objectContaining({ error: expect.objectContaining({ kind: 'timed-out' }) }))
})

test('a link that brings a packet in four times the time of a stall is slow, and not given up', () => {
  const onBytes = createDripWatch(1_000)
  for (let count = 0; count < 50; count += 1) onBytes(300, 900)
})
