import { expect, test, vi } from 'vitest'
import { type Settings, settingsSchema } from '../../shared/models/settings.ts'
import { settingsCommands } from './settings.ts'

const person = vi.hoisted(() => ({ answer: 0, asked: [] as string[] }))
vi.mock('electron', () => ({
  app: {},
  dialog: {
    async showMessageBox({ message }: { readonly message: string }) {
      person.asked.push(message)
      return { response: person.answer }
    },
  },
}))

/** The handler over settings in memory, and a person who says yes or no. */
function changeWith(answer: 'no' | 'yes') {
  person.answer = answer === 'yes' ? 1 : 0
  person.asked.length = 0
  let current = settingsSchema.parse({})
  const settings = {
    get: () => current,
    async change(changes: Readonly<Record<string, unknown>>) {
      current = { ...current, ...(changes as Partial<Settings>) }
      return current
    },
  }
  return settingsCommands({ settings, window: () => null })['settings:change']
}

test('another API is used once the person agrees, and is named to them', async () => {
  expect(await changeWith('yes')({ baseUrl: 'https://api.example/v2' })).toMatchObject({
    baseUrl: 'https://api.example/v2',
  })
  expect(person.asked).toEqual(['Use https://api.example/v2 as the API?'])
})

test('without the person’s yes, nothing changes: a script in the window can’t point a key elsewhere', async () => {
  const settings = await changeWith('no')({ baseUrl: 'https://evil.example', theme: 'dark' })
  expect(settings).toMatchObject({ baseUrl: null, theme: 'system' })
})

test('going back to the default, and any other setting, asks nothing', async () => {
  await changeWith('no')({ baseUrl: null, theme: 'dark' })
  expect(person.asked).toEqual([])
})

test('neither an address without protection nor a folder is taken from the window', async () => {
  await expect(changeWith('yes')({ baseUrl: 'http://api.example' })).rejects.toThrow('Plain http')
  await expect(changeWith('yes')({ downloadFolder: '/etc' })).rejects.toThrow('with its button')
})
