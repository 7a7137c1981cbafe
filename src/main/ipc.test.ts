import type { IpcMainInvokeEvent } from 'electron'
import { beforeEach, expect, test, vi } from 'vitest'
import { Failure } from '../core/failure.ts'
import type { LogFields, Logger } from '../core/log/logger.ts'
import { type Command, commands, type Handlers } from '../shared/contract.ts'
import { createEmit, listenForDrags, serve } from './ipc.ts'
import { createTrust } from './security.ts'

type Handler = (event: IpcMainInvokeEvent, payload?: unknown) => Promise<unknown>
type Listener = (event: IpcMainInvokeEvent, payload: unknown) => void
const { registered, listeners } = vi.hoisted(() => ({
  registered: new Map<string, Handler>(),
  listeners: new Map<string, Listener>(),
}))
vi.mock('electron', () => ({
  ipcMain: {
    handle: (name: string, handler: Handler) => registered.set(name, handler),
    on: (name: string, listener: Listener) => listeners.set(name, listener),
  },
}))

const window = { id: 1 } as never
const account = { base: 'b', signedIn: false, keptIn: 'nowhere', verified: false, problem: null } as const
const logged: { message: string; fields: LogFields | undefined }[] = []
const note = (message: string, fields?: LogFields) => void logged.push({ message, fields })
const log: Logger = { debug: note, info: note, warn: note, error: note }

beforeEach(() => {
  registered.clear()
  logged.length = 0
})

function start(handlers: Partial<Handlers>): void {
  serve(
    handlers as Handlers,
    createTrust(() => window),
    log,
  )
}

function from(url: string | null, parent: unknown = null, sender: unknown = window): IpcMainInvokeEvent {
  return { sender, senderFrame: url === null ? null : { url, parent } } as IpcMainInvokeEvent
}

const trusted = from('app://bundle/index.html')
const invoke = (command: Command, event: IpcMainInvokeEvent, payload?: unknown) =>
  registered.get(command)?.(event, payload)

test('every command of the contract is served, and no other', () => {
  start({})
  expect([...registered.keys()].toSorted()).toEqual(Object.keys(commands).toSorted())
})

const strangers: readonly (readonly [string, IpcMainInvokeEvent])[] = [
  ['a frame that is gone', from(null)],
  ['a frame within the page', from('app://bundle/content/a', {})],
  ['another window', from('app://bundle/index.html', null, { id: 2 })],
  ['another host', from('app://bundle.evil/index.html')],
  ['another scheme', from('https://bundle/index.html')],
  ['a name in front of the host', from('app://a@bundle/index.html')],
  ['a file', from('file:///app://bundle/index.html')],
  ['a page without an origin', from('about:blank')],
  ['data', from('data:text/html,app://bundle/')],
]

test.each(strangers)('%s is refused, and that is logged', async (_name, event) => {
  const status = vi.fn(() => account)
  start({ 'account:status': status })
  await expect(invoke('account:status', event)).rejects.toThrow('Refused')
  expect(status).not.toHaveBeenCalled()
  expect(logged).toHaveLength(1)
})

test('a payload that is not as agreed never reaches a handler', async () => {
  const signIn = vi.fn()
  start({ 'account:sign-in': signIn })
  for (const payload of [undefined, null, 'key', {}, { key: 3, keep: 'session' }, { key: 'a', keep: 'disk' }])
    await expect(invoke('account:sign-in', trusted, payload)).rejects.toThrow('Refused')
  expect(signIn).not.toHaveBeenCalled()
  expect(JSON.stringify(logged)).not.toContain('disk')
})

const drag = { listing: 1, nodes: [2] }

/** What the app hears of a drag that is sent to it. */
function draggedBy(event: IpcMainInvokeEvent, payload: unknown): unknown {
  const onDrag = vi.fn()
  listenForDrags(
    onDrag,
    createTrust(() => window),
    log,
  )
  listeners.get('staging:drag')?.(event, payload)
  return onDrag.mock.calls[0]?.[0]
}

test.each(strangers)('a drag from %s is refused, and that is logged', (_name, event) => {
  expect(draggedBy(event, drag)).toBeUndefined()
  expect(logged).toHaveLength(1)
})

test('a drag names rows and nothing more; any other payload is refused', () => {
  expect(draggedBy(trusted, { ...drag, path: '/etc/passwd' })).toEqual(drag)
  expect(logged).toEqual([])
  for (const payload of [
    undefined,
    null,
    '/etc/passwd',
    ['/etc/passwd'],
    { listing: 1 },
    { listing: 1, nodes: ['/a'] },
  ])
    expect(draggedBy(trusted, payload)).toBeUndefined()
  expect(logged).toHaveLength(6)
})

test('a value comes back whole, without what the contract does not name', async () => {
  start({ 'account:status': () => ({ ...account, key: 'secret' }) })
  expect(await invoke('account:status', trusted)).toEqual({ ok: true, value: account })
})

test('an expected failure comes back as data', async () => {
  const error = { kind: 'not-found', message: 'It is not there.' } as const
  start({
    'account:status': () => {
      throw new Failure(error)
    },
  })
  expect(await invoke('account:status', trusted)).toEqual({ ok: false, error })
})

test('anything else is logged under a reference, and tells the window nothing more', async () => {
  start({ 'account:status': () => Promise.reject(new Error('at /secret/place with key-123')) })
  const result = await invoke('account:status', trusted)
  expect(result).toMatchObject({ ok: false, error: { kind: 'unexpected', reference: expect.any(String) } })
  expect(JSON.stringify(result)).not.toContain('secret')
  expect(logged[0]?.fields?.reference).toBe((result as { error: { reference: string } }).error.reference)
})

test('events go to the window that is there, without what the contract does not name', () => {
  const send = vi.fn()
  let open = true
  const emit = createEmit(() => (open ? ({ webContents: { send, isDestroyed: () => false } } as never) : null))
  emit('account:changed', { ...account, key: 'secret' } as never)
  open = false
  emit('account:changed', account)
  expect(send.mock.calls).toEqual([['account:changed', account]])
})
