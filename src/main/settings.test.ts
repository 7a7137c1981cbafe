import { expect, test } from 'vitest'
import { type Settings, settingsSchema } from '../shared/models/settings.ts'
import { createSettings } from './settings.ts'

function open() {
  const written: Settings[] = []
  const heard: string[] = []
  const file = {
    read: () => settingsSchema.parse({}),
    write: async (settings: Settings) => void written.push(settings),
  }
  const settings = createSettings(file, (after, before) => heard.push(`${before.theme} to ${after.theme}`))
  return { settings, written, heard }
}

test('a change keeps the rest, is written, and is told', async () => {
  const { settings, written, heard } = open()
  const before = settings.get()
  await settings.change({ theme: 'dark' })
  expect(settings.get()).toEqual({ ...before, theme: 'dark' })
  expect(written).toEqual([settings.get()])
  expect(heard).toEqual(['system to dark'])
})

test('a part of the layout keeps the other parts', async () => {
  const { settings } = open()
  const { layout } = settings.get()
  await settings.change({ layout: { detailsWidth: 400 } })
  expect(settings.get().layout).toEqual({ ...layout, detailsWidth: 400 })
})

test.each([
  ['a value that does not fit', { theme: 'purple' }],
  ['a number out of bounds', { bandwidthLimit: 1 }],
  ['a name that is none', { nothing: 1 }],
  ['a name of every object', { theme: 'dark', constructor: 1 }],
])('%s is refused, and changes nothing', async (_name, changes: Readonly<Record<string, unknown>>) => {
  const { settings, written } = open()
  const before = settings.get()
  await expect(settings.change(changes)).rejects.toMatchObject({ error: { kind: 'invalid-input' } })
  expect(settings.get()).toEqual(before)
  expect(written).toEqual([])
})

test('an old or partly broken file keeps what it can', () => {
  expect(
    settingsSchema.parse({ theme: 'dark', bandwidthLimit: 'fast', layout: { detailsWidth: 'wide' } }),
  ).toMatchObject({
    theme: 'dark',
    bandwidthLimit: null,
    layout: { detailsWidth: 320 },
  })
})
