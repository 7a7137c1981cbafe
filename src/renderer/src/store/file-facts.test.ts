import { expect, test, vi } from 'vitest'
import { openRun } from '../testing/open-run.ts'
import type { AppState } from './app-store.ts'

const localCopy = { place: '/home/someone/Downloads/notes.txt', state: 'same' } as const

/** Selects a row, and answers its node once its details are on show. */
async function showRow(state: () => AppState, row: number): Promise<number> {
  await state().selectRow('only', row)
  return vi.waitUntil(() => {
    const { shown, focus } = state()
    return shown.what === 'node' && shown.details.node === focus.node && focus.row === row ? shown.details.node : null
  })
}

test('the copy of the file on show is found', async () => {
  const { state } = await openRun({ localCopy })
  const node = await showRow(state, 1)
  await state().findLocalCopy(node)
  expect(state().localCopy).toMatchObject({ node, copy: localCopy })
})

test('an answer about a file that is no longer on show is dropped', async () => {
  const { fake, state } = await openRun({ localCopy })
  const node = await showRow(state, 1)
  const release = fake.hold('transfers:find-copy')
  const finding = state().findLocalCopy(node)
  await showRow(state, 3)
  release()
  await finding
  expect(state().localCopy).toBeNull()
})

test('a copy that can no longer be shown says so', async () => {
  const { fake, state } = await openRun({ localCopy })
  fake.refuse('transfers:reveal-copy', { kind: 'invalid-input', message: 'The file is not on this computer.' })
  await state().revealLocalCopy(1)
  expect(state().notices.map(({ text }) => text)).toEqual(['The file is not on this computer.'])
})
