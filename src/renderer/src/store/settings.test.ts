import { expect, test, vi } from 'vitest'
import { openRun } from '../testing/open-run.ts'

test('a change of the layout is shown at once, and kept when it comes to rest', async () => {
  const { fake, state } = await openRun()
  state().changeLayout({ detailsWidth: 400 })
  state().changeLayout({ detailsWidth: 420 })
  expect(state().settings?.layout.detailsWidth).toBe(420)
  await vi.waitUntil(() => fake.callsOf('settings:change').length > 0)
  expect(fake.callsOf('settings:change')).toHaveLength(1)
  expect(fake.callsOf('settings:change')[0]).toMatchObject({ layout: { detailsWidth: 420 } })
})

test('a change of the layout stays while main still tells of settings from before it', async () => {
  const { fake, state } = await openRun()
  const before = state().settings
  if (!before) throw new Error('There are no settings.')
  state().changeLayout({ detailsWidth: 400 })
  fake.tell('settings:changed', before)
  expect(state().settings?.layout.detailsWidth).toBe(400)
  await state().changeSettings({ theme: 'dark' })
  expect(state().settings).toMatchObject({ theme: 'dark', layout: { detailsWidth: 400 } })
  await vi.waitUntil(() => fake.callsOf('settings:change').length > 1)
  expect(fake.callsOf('settings:change')[1]).toMatchObject({ layout: { detailsWidth: 400 } })
})

test('a column moves past hidden ones, and not beyond the ends', async () => {
  const { state } = await openRun()
  const order = () => state().settings?.layout.columns.map(({ column }) => column)
  state().changeColumn('updatedAt', { shown: false })
  state().moveColumn('size', 1)
  expect(order()).toEqual(['name', 'updatedAt', 'createdBy', 'size', 'mimeType'])
  state().moveColumn('name', -1)
  expect(order()?.[0]).toBe('name')
})

test('a setting that is refused goes back, and the reason is told', async () => {
  const { fake, state } = await openRun()
  fake.refuse('settings:change', { kind: 'disk', message: 'The settings could not be kept.', code: 'EROFS' })
  await state().changeSettings({ theme: 'dark' })
  expect(state().settings?.theme).toBe('system')
  expect(state().notices.map(({ text }) => text)).toEqual(['The settings could not be kept.'])
})
