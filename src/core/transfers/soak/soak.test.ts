import { expect, test } from 'vitest'
import { soak } from './soak.fixture.ts'

test('a thousand files survive every fault and a process that is killed again and again', {
  timeout: 300_000,
}, async () => {
  const report = await soak({ files: 1_000, seed: 20_260_102, faults: 0.2, kills: 5 })
  expect(report).toMatchObject({ damaged: [], unaccounted: [], leftOver: [], missingAtLast: [], leaked: 0 })
  expect(report.kills).toBeGreaterThan(2)
  expect(report.played.size).toBeGreaterThan(20)
})
