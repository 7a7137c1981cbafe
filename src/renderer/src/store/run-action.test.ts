import { expect, test, vi } from 'vitest'
import { actions, findAction } from '../../../shared/actions.ts'
import { makeBatch } from '../../../shared/models/batch.fixture.ts'
import { createFakeApi } from '../testing/fake-api.ts'
import { aRun, openRun } from '../testing/open-run.ts'
import { createAppStore } from './app-store.ts'
import { isAvailable, paletteActions } from './run-action.ts'

const aRecent = { ...aRun, label: 'A run', openedAt: 1, pinned: false, info: null }

test('without a run, nothing that needs one is offered or carried out', () => {
  const fake = createFakeApi()
  const { getState } = createAppStore(fake.api)
  const subjects = new Set(paletteActions(getState()).map(({ subject }) => subject))
  expect([...subjects]).toEqual(['window'])
  for (const { id } of actions.filter(({ subject }) => subject !== 'window')) getState().run(id)
  expect(fake.calls).toEqual([])
})

test('with a file in focus, what is about a file is offered, and what is about a folder is not', async () => {
  const { state } = await openRun()
  await state().selectRow('only', 1)
  const offered = (id: string) => {
    const action = findAction(id)
    return action !== undefined && isAvailable(state(), action)
  }
  expect([offered('open-file'), offered('download'), offered('expand-below')]).toEqual([true, true, false])
})

test('the palette offers every action but itself, each where it makes sense', async () => {
  const { fake, state } = await openRun({ recents: [aRecent] })
  const offered = new Set<string>()
  const note = () => paletteActions(state()).forEach(({ id }) => void offered.add(id))
  note()
  await state().selectRow('only', 1)
  note()
  await state().setFilter({ text: 'a' })
  fake.tell('transfers:changed', [
    makeBatch({ status: { state: 'running' } }),
    makeBatch({ id: '2', status: { state: 'paused' } }),
    makeBatch({ id: '3', status: { state: 'done', note: null } }),
    makeBatch({ id: '4', status: { state: 'waiting', reason: 'offline', until: 1, message: '' } }),
  ])
  note()
  await state().changeSettings({ theme: 'dark' })
  note()
  const wanted = actions.map(({ id }) => id).filter((id) => id !== 'palette')
  expect(wanted.filter((id) => !offered.has(id))).toEqual([])
})

test('the palette does not offer to follow a run that had ended when it was last asked', async () => {
  const offers = async (status: string) => {
    const info = { agentName: null, status, createdAt: null, endedAt: null }
    const { state } = await openRun({
      recents: [
        { ...aRecent, source: 'account' },
        { ...aRecent, info },
      ],
    })
    return paletteActions(state()).some(({ id }) => id === 'toggle-follow')
  }
  expect(await offers('running')).toBe(true)
  expect(await offers('completed')).toBe(false)
})

test('the palette puts what is about the file in focus first, and what is about the app last', async () => {
  const { state } = await openRun()
  await state().selectRow('only', 1)
  const subjects = paletteActions(state()).map(({ subject }) => subject)
  expect(subjects.filter((subject, index) => subject !== subjects[index - 1])).toEqual([
    'file',
    'rows',
    'listing',
    'run',
    'window',
  ])
})

test('a download is of the selection, and opens the transfers', async () => {
  const { fake, state } = await openRun()
  await state().selectRow('only', 1)
  await state().selectRow('extend', 2)
  state().run('download')
  await vi.waitUntil(() => state().settings?.layout.transfersOpen === true)
  expect(fake.callsOf('transfers:start')[0]).toMatchObject({
    files: { what: 'selection' },
    to: 'downloads',
    as: 'files',
  })
})

test('a copy is of the whole selection, also of rows that were never shown', async () => {
  const { fake, state } = await openRun()
  await state().selectRow('only', 1)
  state().selectAll()
  await vi.waitUntil(() => (state().listing?.selection.count ?? 0) > 3)
  state().clearRows()
  state().run('copy-files')
  await vi.waitUntil(() => state().notices.some(({ text }) => /\d+ files ready to paste/.test(text)))
  expect(fake.callsOf('staging:copy')).toEqual([{ listing: 1, files: { what: 'selection' } }])
})

test('a download right after a selection is of all that was selected', async () => {
  const { fake, state } = await openRun()
  await state().selectRow('only', 1)
  const release = fake.hold('listing:select')
  state().selectAll()
  state().run('download')
  release()
  await vi.waitUntil(() => fake.callsOf('transfers:start').length > 0)
  expect(fake.callsOf('transfers:start')).toMatchObject([{ files: { what: 'selection' } }])
})

test('sorting by the same column again goes the other way; sizes start with the largest', async () => {
  const { state } = await openRun()
  state().run('sort-size')
  await vi.waitUntil(() => state().listing?.sort.direction === 'descending')
  state().run('sort-size')
  await vi.waitUntil(() => state().listing?.sort.direction === 'ascending')
  expect(state().listing?.sort.column).toBe('size')
})

test('a menu item that no action has is ignored', () => {
  expect(findAction('nothing')).toBeUndefined()
})
