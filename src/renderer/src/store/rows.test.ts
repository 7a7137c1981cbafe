import { expect, test, vi } from 'vitest'
import { openRun } from '../testing/open-run.ts'
import { pageSize, rowAt } from './rows.ts'

const manyFiles = Array.from({ length: 2_000 }, (_, index) => ({ path: `workspace/file-${index}.txt`, size: index }))

test('the rows on screen are fetched, and the pages next to them', async () => {
  const { fake, state } = await openRun({ files: manyFiles })
  state().wantRows(450, 480)
  await vi.waitUntil(() => state().pages.has(5))
  const asked = fake.callsOf('listing:rows').map((input) => (input as { from: number }).from / pageSize)
  expect(asked).toEqual(expect.arrayContaining([3, 4, 5]))
  expect(asked).not.toContain(8)
  expect(rowAt(state().pages, 450)?.name).toMatch(/^file-/)
})

test('only the rows on screen are fetched while others pass by', async () => {
  const { fake, state } = await openRun({ files: manyFiles })
  await vi.waitUntil(() => state().pages.has(1))
  const before = fake.callsOf('listing:rows').length
  state().wantRows(1_550, 1_580, true)
  await vi.waitUntil(() => state().pages.has(15))
  const asked = fake.callsOf('listing:rows').map((input) => (input as { from: number }).from / pageSize)
  expect(asked.slice(before)).toEqual([15])
})

test('rows stay on show after a change until the newer ones are there', async () => {
  const { fake, state } = await openRun({ files: manyFiles })
  const before = rowAt(state().pages, 7)
  const release = fake.hold('listing:rows')
  await state().sortBy({ column: 'size', direction: 'descending' })
  expect(rowAt(state().pages, 7)).toBe(before)
  release()
  await vi.waitUntil(() => rowAt(state().pages, 7) !== before)
  expect(rowAt(state().pages, 7)?.size).toBe(1_995)
})

test('rows that a newer page tells the same of stay the very same, so that they are not drawn anew', async () => {
  const { fake, state } = await openRun({ files: manyFiles })
  state().wantRows(0, 30)
  await vi.waitUntil(() => state().pages.has(1))
  const before = [...(state().pages.get(0)?.rows ?? [])]
  const asked = fake.callsOf('listing:rows').length
  await state().selectRow('extend', 7)
  await vi.waitUntil(() => state().pages.get(0)?.revision === state().listing?.revision)
  expect(fake.callsOf('listing:rows').length).toBeGreaterThan(asked)
  const changed = before.flatMap((row, index) => (rowAt(state().pages, index) === row ? [] : [index]))
  expect(changed).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
})

test('a row that is selected alone is marked without asking for rows again, and only it and the one before are drawn anew', async () => {
  const { fake, state } = await openRun({ files: manyFiles })
  state().wantRows(0, 30)
  await vi.waitUntil(() => state().pages.has(1))
  await state().selectRow('only', 3)
  const before = [...(state().pages.get(0)?.rows ?? [])]
  const asked = fake.callsOf('listing:rows').length
  await state().selectRow('only', 7)
  await vi.waitUntil(() => state().selecting() === null)
  expect(fake.callsOf('listing:rows').length).toBe(asked)
  const changed = before.flatMap((row, index) => (rowAt(state().pages, index) === row ? [] : [index]))
  expect(changed).toEqual([3, 7])
  expect(rowAt(state().pages, 7)?.selected).toBe(true)
})

test('only so many pages are kept, those far away go first', async () => {
  const files = Array.from({ length: 6_000 }, (_, index) => ({ path: `workspace/file-${index}.txt`, size: 1 }))
  const { state } = await openRun({ files })
  for (let page = 1; page <= 58; page += 3) {
    state().wantRows(page * pageSize, page * pageSize + 30)
    await vi.waitUntil(() => state().pages.has(page))
  }
  expect(state().pages.size).toBeLessThanOrEqual(40)
  expect(state().pages.has(58)).toBe(true)
  expect(state().pages.has(0)).toBe(false)
  // The one that is asked for is kept, however far away.
  expect((await state().fetchRow(5))?.name).toBe('file-2.txt')
})

test('rows that can not be had are told of once, and not asked for again and again', async () => {
  const { fake, state } = await openRun({ files: manyFiles })
  fake.refuse('listing:rows', { kind: 'unexpected', message: 'The rows could not be read.', reference: 'r' })
  state().wantRows(900, 930)
  await vi.waitUntil(() => state().notices.length > 0)
  const asked = fake.callsOf('listing:rows').length
  await state().moveFocus(3)
  state().wantRows(900, 930)
  expect(fake.callsOf('listing:rows').length).toBe(asked)
  expect(state().notices).toHaveLength(1)
})
