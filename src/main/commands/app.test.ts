import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { commands } from '../../shared/contract.ts'
import { type AppParts, appCommands } from './app.ts'

const opened = vi.hoisted((): string[] => [])
vi.mock('electron', () => ({
  app: {},
  clipboard: {},
  shell: { openExternal: async (url: string) => void opened.push(url) },
}))

const handlers = appCommands({} as AppParts)
const schema = commands['app:open-page'].input

test.each([
  [{ page: 'api-keys' }, 'https://platform.asteroid.ai/'],
  [{ page: 'documentation' }, 'https://docs.asteroid.ai/'],
  [{ page: 'execution', executionId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301' }, 'https://platform.asteroid.ai/'],
])('%j opens a page of its own site', async (input, site) => {
  opened.length = 0
  await handlers['app:open-page'](schema.parse(input))
  expect(opened).toEqual([expect.stringMatching(new RegExp(`^${site}`))])
})

test('whatever else the window sends, no other site is opened', () => {
  const hostile = fc.oneof(
    fc.webUrl(),
    fc.string(),
    fc.constantFrom('javascript:alert(1)', 'file:///etc/passwd', '../x'),
  )
  const payload = fc.record({ page: fc.oneof(hostile, fc.constantFrom('execution', 'api-keys')), executionId: hostile })
  fc.assert(
    fc.property(payload, (input) => {
      opened.length = 0
      const parsed = schema.safeParse(input)
      if (parsed.success) void handlers['app:open-page'](parsed.data)
      for (const url of opened) expect(new URL(url).hostname).toMatch(/^(platform|docs)\.asteroid\.ai$/)
    }),
    { seed: 20_260_101, numRuns: 500 },
  )
})
