import { expect, test, vi } from 'vitest'
import { openRun } from '../testing/open-run.ts'
import type { AppState } from './app-store.ts'
import { rowAt } from './rows.ts'
import { actedOn, actedOnNodes, focusedRow } from './selection.ts'

test('a selected row is in focus, shown as selected at once, and its details follow', async () => {
  const { fake, state } = await openRun()
  const release = fake.hold('listing:select')
  const selecting = state().selectRow('only', 1)
  await vi.waitUntil(() => rowAt(state().pages, 1)?.selected === true)
  expect(focusedRow(state())?.path).toBe('uploads/notes.txt')
  release()
  await selecting
  await vi.waitUntil(() => shownNode(state()) === fake.listing().nodeOf('uploads/notes.txt'))
  expect(state().shown).toMatchObject({ details: { kind: 'file', file: { path: 'uploads/notes.txt' } } })
})

test('a row is in focus and shown as selected in one step, so that it is drawn once for both', async () => {
  const { state } = await openRun()
  await vi.waitUntil(() => rowAt(state().pages, 2))
  const selecting = state().selectRow('only', 2)
  expect([state().focus.row, rowAt(state().pages, 2)?.selected]).toEqual([2, true])
  await selecting
})

test('a held key sends only the last of its selections', async () => {
  const { fake, state } = await openRun()
  const release = fake.hold('listing:select')
  const all = [1, 2, 3, 4].map((row) => state().selectRow('only', row))
  await vi.waitUntil(() => state().focus.row === 4)
  release()
  await Promise.all(all)
  await vi.waitUntil(() => state().listing?.selection.count === 1)
  expect(fake.callsOf('listing:select').length).toBeLessThan(4)
  expect(rowAt(state().pages, 4)?.selected).toBe(true)
})

test('what is selected last stays selected, also where an earlier row comes later', async () => {
  const files = Array.from({ length: 2_000 }, (_, index) => ({ path: `workspace/file-${index}.txt`, size: index }))
  const { fake, state } = await openRun({ files })
  const releaseRows = fake.hold('listing:rows')
  const releaseSelections = fake.hold('listing:select')
  const far = state().selectRow('only', 950)
  const near = state().selectRow('only', 1)
  releaseRows()
  await vi.waitUntil(() => rowAt(state().pages, 950))
  releaseSelections()
  await Promise.all([far, near])
  await vi.waitUntil(() => state().selecting() === null)
  expect(state().listing?.selection.only).toBe(rowAt(state().pages, 1)?.node)
  expect(state().focus.row).toBe(1)
})

test('what main refuses to select is not shown as selected any more', async () => {
  const { fake, state } = await openRun()
  await state().selectRow('only', 1)
  fake.refuse('listing:select', { kind: 'invalid-input', message: 'That file is no longer in the list.' })
  const selecting = state().selectRow('only', 3)
  expect(rowAt(state().pages, 3)?.selected).toBe(true)
  await selecting
  await vi.waitUntil(() => state().selecting() === null)
  expect([1, 3].map((row) => rowAt(state().pages, row)?.selected)).toEqual([true, false])
})

test('what was asked for last tells whether anything is selected, before main has answered', async () => {
  const { fake, state } = await openRun()
  expect(state().isAnySelected()).toBe(false)
  const release = fake.hold('listing:select')
  const selecting = state().selectRow('only', 1)
  expect(state().isAnySelected()).toBe(true)
  state().selectNone()
  expect(state().isAnySelected()).toBe(false)
  release()
  await selecting
  await vi.waitUntil(() => state().selecting() === null)
  expect(state().isAnySelected()).toBe(false)
  await state().selectRow('only', 1)
  expect(state().isAnySelected()).toBe(true)
})

test('a range reaches from the last single row, and its sum is shown', async () => {
  const { state } = await openRun()
  await state().selectRow('only', 3)
  await state().selectRow('extend', 5)
  expect(state().listing?.selection.count).toBe(3)
  await vi.waitUntil(() => state().shown.what === 'selection')
  expect(actedOn(state())).toEqual({ what: 'selection' })
  expect(actedOnNodes(state())).toHaveLength(3)
})

test('after a sort a range is shown from the row that was selected, where that is now, before main has answered', async () => {
  const files = Array.from({ length: 9 }, (_, index) => ({ path: `workspace/file-${index}.txt`, size: index }))
  const { fake, state } = await openRun({ files })
  const marked = () =>
    state()
      .pages.get(0)
      ?.rows.filter((row) => row.selected) ?? []
  const rowOf = (name: string) =>
    state()
      .pages.get(0)
      ?.rows.findIndex((row) => row.name === name) ?? -1
  await vi.waitUntil(() => rowOf('file-8.txt') > 0)
  await state().selectRow('only', rowOf('file-1.txt'))
  await state().sortBy({ column: 'size', direction: 'descending' })
  await vi.waitUntil(() => isUpToDate(state()))
  const release = fake.hold('listing:select')
  const extending = state().selectRow('extend', rowOf('file-3.txt'))
  const [first, last] = [marked()[0]?.name, marked().at(-1)?.name]
  expect([first, last, marked().length]).toEqual(['file-3.txt', 'file-1.txt', 3])
  release()
  await extending
  await vi.waitUntil(() => state().selecting() === null)
  expect(marked()).toHaveLength(3)
})

test('details and actions are about the same: the one that is selected, wherever the focus is', async () => {
  const { fake, state } = await openRun()
  const [notes, report] = ['uploads/notes.txt', 'workspace/report.csv'].map((path) => fake.listing().nodeOf(path))
  const rowOf = async (node = -1) => state().locate(node, true)
  await state().selectRow('only', await rowOf(notes))
  await state().selectRow('toggle', await rowOf(report))
  await state().selectRow('toggle', await rowOf(notes))
  await state().moveFocus(0)
  expect(actedOn(state())).toEqual({ what: 'nodes', nodes: [report] })
  await vi.waitUntil(() => shownNode(state()) === report)
  await state().previewShown()
  expect([focusedRow(state())?.path, state().previewing]).toEqual(['workspace/report.csv', true])
})

test('what a filter hides is neither selected nor shown in the details, and nothing is acted on where nothing is left', async () => {
  const { fake, state } = await openRun()
  const notes = fake.listing().nodeOf('uploads/notes.txt')
  await state().selectRow('only', 1)
  await vi.waitUntil(() => shownNode(state()) === notes)
  await state().setFilter({ text: 'report' })
  await vi.waitUntil(() => shownNode(state()) !== notes && actedOn(state()) !== null)
  expect(actedOn(state())).toEqual({ what: 'nodes', nodes: [shownNode(state())] })
  await state().setFilter({ text: 'no such name' })
  await vi.waitUntil(() => state().shown.what === 'nothing')
  expect(actedOn(state())).toBeNull()
})

test('without a selection, an action is about the row in focus', async () => {
  const { fake, state } = await openRun()
  await state().moveFocus(1)
  expect(actedOn(state())).toEqual({ what: 'nodes', nodes: [fake.listing().nodeOf('uploads/notes.txt')] })
})

test('the focus follows its row when a refresh brings rows above it', async () => {
  const { fake, state } = await openRun()
  await state().selectRow('only', 1)
  fake.tell('listing:changed', fake.listing().refresh([{ path: 'uploads/a-new-one.txt', size: 1 }]))
  await vi.waitUntil(() => state().focus.row === 2)
  await vi.waitUntil(() => focusedRow(state())?.path === 'uploads/notes.txt')
})

test.each([
  { slow: 'listing:rows', rowMeanwhile: 1 },
  { slow: 'listing:locate', rowMeanwhile: 2 },
] as const)('rows that move take the focus along where $slow is slow', async ({ slow, rowMeanwhile }) => {
  const { fake, store, state } = await openRun()
  await state().selectRow('only', 1)
  await vi.waitUntil(() => isUpToDate(state()))
  const shown = new Set<string | undefined>()
  store.subscribe((now) => shown.add(focusedRow(now)?.path))
  const release = fake.hold(slow)
  fake.tell('listing:changed', fake.listing().refresh([{ path: 'uploads/a-new-one.txt', size: 1 }]))
  // All that is not held has come by then.
  await new Promise((resolve) => setImmediate(resolve))
  expect(state().focus.row).toBe(rowMeanwhile)
  release()
  await vi.waitUntil(() => isUpToDate(state()) && state().focus.row === 2)
  expect([...shown]).toEqual(['uploads/notes.txt'])
})

test('the end is that of the newest rows, though those of before are still on show', async () => {
  const files = Array.from({ length: 300 }, (_, index) => ({ path: `workspace/file-${index}.txt`, size: index }))
  const { fake, state } = await openRun({ files })
  await vi.waitUntil(() => rowAt(state().pages, 12))
  const releaseRows = fake.hold('listing:rows')
  await state().setFilter({ text: 'file-29' })
  const ending = state().selectRow('only', Number.POSITIVE_INFINITY)
  releaseRows()
  await ending
  await vi.waitUntil(() => state().selecting() === null)
  expect(state().listing?.selection.only).toBe(fake.listing().nodeOf('workspace/file-299.txt'))
  await vi.waitUntil(() => focusedRow(state())?.name === 'file-299.txt')
})

test('a row that was gone to before it had come is in focus and selected, though the rows changed on its way', async () => {
  const files = Array.from({ length: 2_000 }, (_, index) => ({ path: `workspace/file-${index}.txt`, size: index }))
  const { fake, state } = await openRun({ files })
  const release = fake.hold('listing:rows')
  const selecting = state().selectRow('only', 950)
  fake.tell('listing:changed', fake.listing().refresh([{ path: 'uploads/a-new-one.txt', size: 1 }]))
  release()
  await selecting
  await vi.waitUntil(() => state().selecting() === null && state().focus.node !== null)
  expect(state().listing?.selection.only).toBe(state().focus.node)
})

test('the end is gone to and selected, though another page of the newest rows comes before its own', async () => {
  const files = Array.from({ length: 1_000 }, (_, index) => ({ path: `workspace/file-${index}.txt`, size: index }))
  const { fake, state } = await openRun({ files })
  state().wantRows(200, 230)
  await vi.waitUntil(() => rowAt(state().pages, 299))
  state().wantRows(0, 30)
  await vi.waitUntil(() => rowAt(state().pages, 0))
  const release = fake.hold('listing:rows')
  await state().setFilter({ text: '1' })
  const ending = state().selectRow('only', Number.POSITIVE_INFINITY)
  release()
  await ending
  await vi.waitUntil(() => state().selecting() === null)
  // What follows of an out-of-date row has come by then.
  await new Promise((resolve) => setImmediate(resolve))
  const last = fake.listing().nodeOf('workspace/file-991.txt')
  expect([state().focus.node, state().listing?.selection.only]).toEqual([last, last])
})

test('a selected file in a folder that was closed since is the one that is shown large', async () => {
  const { fake, state } = await openRun()
  await state().setAllOpen(true)
  const [one, workspace] = ['workspace/pages/one.html', 'workspace'].map((path) => fake.listing().nodeOf(path))
  await state().selectRow('only', await state().locate(one ?? -1, true))
  await vi.waitUntil(() => shownNode(state()) === one)
  await state().setOpen(workspace ?? -1, false)
  await vi.waitUntil(() => focusedRow(state())?.path !== 'workspace/pages/one.html')
  await state().previewShown()
  expect([focusedRow(state())?.path, state().previewing]).toEqual(['workspace/pages/one.html', true])
})

test('a row that was reached on an out-of-date page is in focus where it is now', async () => {
  const { fake, state } = await openRun()
  await state().setFilter({ text: 'report' })
  const filteredRow = 1
  await vi.waitUntil(() => rowAt(state().pages, filteredRow)?.name === 'report.csv')
  const release = fake.hold('listing:rows')
  await state().setFilter({ text: '' })
  await state().moveFocus(filteredRow)
  release()
  await vi.waitUntil(() => state().focus.row !== filteredRow)
  expect(focusedRow(state())?.path).toBe('workspace/report.csv')
})

test('letters go to the next name that starts with them', async () => {
  const { state } = await openRun()
  await state().typeAhead('rep')
  expect(focusedRow(state())?.name).toBe('report.csv')
})

test('a folder above the row in focus is selected by its level, wherever it is', async () => {
  const { state } = await openRun()
  await state().setAllOpen(true)
  const rowOf = (path: string) =>
    state()
      .pages.get(0)
      ?.rows.findIndex((row) => row.path === path) ?? -1
  await vi.waitUntil(() => rowOf('workspace/pages/one.html') > 0)
  await state().selectRow('only', rowOf('workspace/pages/one.html'))
  await state().selectFolderAbove(2)
  expect(focusedRow(state())?.path).toBe('workspace/pages')
  await state().selectFolderAbove(1)
  expect(focusedRow(state())?.path).toBe('workspace')
  await state().selectFolderAbove(1)
  expect(focusedRow(state())?.path).toBe('workspace')
})

test('what is done to a file right after it was selected waits until it is', async () => {
  const { state } = await openRun()
  const selecting = state().selectRow('only', 1)
  state().run('preview')
  expect(state().previewing).toBe(false)
  await selecting
  await vi.waitFor(() => expect(state().previewing).toBe(true))
})

function shownNode({ shown }: AppState): number | null {
  return shown.what === 'node' ? shown.details.node : null
}

function isUpToDate({ listing, pages }: AppState): boolean {
  return (pages.get(0)?.revision ?? 0) >= (listing?.layoutRevision ?? 0)
}
