import { beforeEach, expect, test, vi } from 'vitest'
import type { Api } from '../shared/contract.ts'

const { exposed, sent, listeners } = vi.hoisted(() => ({
  exposed: new Map<string, Record<string, unknown>>(),
  sent: [] as unknown[],
  listeners: new Map<string, (event: unknown, payload: unknown) => void>(),
}))
vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, value: Record<string, unknown>) => exposed.set(name, value) },
  ipcRenderer: {
    async invoke(...message: unknown[]) {
      sent.push(message)
      return 'answered'
    },
    send: (...message: unknown[]) => sent.push(message),
    on: (name: string, listener: (event: unknown, payload: unknown) => void) => listeners.set(name, listener),
    off: (name: string) => listeners.delete(name),
  },
}))
await import('./index.ts')
const api = exposed.get('api') as unknown as Api

beforeEach(() => {
  sent.length = 0
})

test('pages get four things, by one name, and none of them is Electron’s own', () => {
  expect([...exposed.keys()]).toEqual(['api'])
  expect(Object.keys(api).toSorted()).toEqual(['invoke', 'on', 'platform', 'startDrag'])
})

test.each(['files:delete', 'staging:drag', 'toString', '__proto__', 'constructor', ''])(
  '%j is no command and no event, and main never hears of it',
  async (name) => {
    await expect(api.invoke(name as never, {} as never)).rejects.toThrow('There is no command')
    expect(() => api.on(name as never, () => {})).toThrow('There is no event')
    expect([sent, [...listeners.keys()]]).toEqual([[], []])
  },
)

test('a listener gets what is told, without Electron’s event and the sender in it, until it is taken off', () => {
  const heard: unknown[] = []
  const stop = api.on('settings:changed', (...told: unknown[]) => heard.push(told))
  listeners.get('settings:changed')?.({ sender: 'Electron’s own' }, { theme: 'dark' })
  expect(heard).toEqual([[{ theme: 'dark' }]])
  stop()
  expect([...listeners.keys()]).toEqual([])
})

test('a command goes by its name with one payload', async () => {
  expect(await api.invoke('settings:change', { theme: 'dark' })).toBe('answered')
  expect(sent).toEqual([['settings:change', { theme: 'dark' }]])
})
