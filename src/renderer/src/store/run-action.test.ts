import { expect, test, vi } from 'vitest'
import { actions, findAction } from '../../../shared/actions.ts'
import { createFakeApi } from '../testing/fake-api.ts'
import { openRun } from '../testing/open-run.ts'
import { createAppStore } from './app-store.ts'
import { isAvailable, paletteActions } from './run-action.ts'

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
