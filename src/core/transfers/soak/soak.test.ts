import { expect, test } from 'vitest'
import { hasPython } from '../archive/unpacked.fixture.ts'
import { soak } from './soak.fixture.ts'

test('a thousand files survive every fault and a process that is killed again and again', {
  timeout: 300_000,
}, async () => {
  const report = await soak({ files: 1_000, seed: 20_260_102, faults: 0.2, kills: 5 })
  expect(report).toMatchObject({ damaged: [], unaccounted: [], leftOver: [], missingAtLast: [], leaked: 0 })
  expect(report.kills).toBeGreaterThan(2)
  expect(report.played.size).toBeGreaterThan(20)
})

test.skipIf(!hasPython)(
  'an archive survives every fault and a process that is killed again and again: it lacks only what it says',
  { timeout: 300_000 },
  async () => {
    const report = await soak({ files: 60, seed: 20_260_103, faults: 0.3, kills: 2, as: 'archive' })
    expect(report).toMatchObject({ damaged: [], unaccounted: [], leftOver: [], missingAtLast: [], leaked: 0 })
    expect(report.kills).toBeGreaterThan(0)
    expect(report.played.size).toBeGreaterThan(12)
  },
)
