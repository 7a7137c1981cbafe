import type { Session } from 'electron'
import { beforeEach, expect, test, vi } from 'vitest'
import type { LogFields, Logger } from '../core/log/logger.ts'
import { closeNetwork, secureContents, secureSession } from './security.ts'

// Each guard by itself: in the window, several stand one behind another, and one that is gone would not be missed.

type Listener = (...args: never[]) => unknown
const { switches, onApp } = vi.hoisted(() => ({
  switches: new Map<string, string>(),
  onApp: new Map<string, Listener>(),
}))
vi.mock('electron', () => ({
  app: {
    commandLine: { appendSwitch: (name: string, value: string) => switches.set(name, value) },
    on: (name: string, listener: Listener) => onApp.set(name, listener),
  },
}))

const logged: { message: string; fields: LogFields | undefined }[] = []
const note = (message: string, fields?: LogFields) => void logged.push({ message, fields })
const log: Logger = { debug: note, info: note, warn: note, error: note }

beforeEach(() => {
  logged.length = 0
})

/** A session that keeps what it is given, by the name of the method or event. */
function securedSession(): ReadonlyMap<string, unknown> {
  const given = new Map<string, unknown>()
  const keep = (name: string) => (value: unknown) => void given.set(name, value)
  const session = {
    setPermissionRequestHandler: keep('permission request'),
    setPermissionCheckHandler: keep('permission check'),
    setDevicePermissionHandler: keep('device'),
    setDisplayMediaRequestHandler: keep('display media'),
    setSpellCheckerEnabled: keep('spell checker'),
    webRequest: {
      onBeforeRequest(filter: unknown, listener: unknown) {
        given.set('filter', filter)
        given.set('request', listener)
      },
    },
    on: (name: string, listener: unknown) => given.set(name, listener),
  }
  secureSession(session as unknown as Session, log)
  return given
}

test('a permission is denied when it is asked for, when it is looked up, and for every device', () => {
  const given = securedSession()
  const answers: boolean[] = []
  const request = given.get('permission request') as (...args: unknown[]) => void
  for (const permission of ['media', 'geolocation', 'openExternal', 'fullscreen', 'unknown'])
    request({}, permission, (isGranted: boolean) => answers.push(isGranted))
  expect(answers).toEqual([false, false, false, false, false])
  expect(logged).toHaveLength(5)
  expect((given.get('permission check') as () => boolean)()).toBe(false)
  expect((given.get('device') as () => boolean)()).toBe(false)
  expect(given.get('display media')).toBeNull()
  expect(given.get('spell checker')).toBe(false)
})

/** Whether a request of the window's is stopped. */
function isStopped(url: string): boolean {
  const given = securedSession()
  expect(given.get('filter')).toEqual({ urls: ['<all_urls>'] })
  let stopped: boolean | undefined
  const request = given.get('request') as (details: object, answer: (response: { cancel: boolean }) => void) => void
  request({ url }, ({ cancel }) => {
    stopped = cancel
  })
  expect(logged).toHaveLength(stopped ? 1 : 0)
  return stopped ?? false
}

test.each([
  'http://127.0.0.1:8080/a',
  'https://asteroid.ai/',
  'ws://127.0.0.1/',
  'wss://host.example/',
  'file:///etc/passwd',
  'ftp://host.example/',
  'chrome://settings/',
  'filesystem:https://host.example/a',
  'app://bundle.example/',
  'app://other/index.html',
  'app://a@bundle/index.html',
  'no address',
])('a request to %s is stopped', (url) => {
  expect(isStopped(url)).toBe(true)
})

test.each(['app://bundle/index.html', 'app://bundle/content/a', 'blob:app://bundle/a', 'data:image/png;base64,AA'])(
  'a request to %s is not',
  (url) => {
    expect(isStopped(url)).toBe(false)
  },
)

test('a download that the page itself begins is stopped', () => {
  const preventDefault = vi.fn()
  const onDownload = securedSession().get('will-download') as (event: object) => void
  onDownload({ preventDefault })
  expect(preventDefault).toHaveBeenCalledOnce()
})

/** The contents of a new window, as the app secures them. */
function securedContents() {
  const listeners = new Map<string, Listener>()
  let openHandler: Listener = () => undefined
  secureContents(log)
  onApp.get('web-contents-created')?.(
    ...([
      {},
      {
        setWindowOpenHandler: (handler: Listener) => {
          openHandler = handler
        },
        on: (name: string, listener: Listener) => listeners.set(name, listener),
      },
    ] as never[]),
  )
  const isPrevented = (name: string, fields: object) => {
    const preventDefault = vi.fn()
    listeners.get(name)?.({ ...fields, preventDefault } as never)
    return preventDefault.mock.calls.length > 0
  }
  return { isPrevented, open: (url: string) => openHandler({ url } as never) }
}

test.each([
  ['https://asteroid.ai/', true],
  ['file:///etc/passwd', true],
  ['data:text/html,hello', true],
  ['about:blank', true],
  // A page of a run is of the app's own origin; it belongs into its frame, never into the window's place.
  ['app://bundle/content/a', true],
  ['app://bundle/index.html?a', true],
  ['app://bundle/index.html', false],
])('the page’s way to %s is stopped: %s', (url, stopped) => {
  expect(securedContents().isPrevented('will-frame-navigate', { url, isMainFrame: true })).toBe(stopped)
})

test.each([
  ['https://asteroid.ai/', true],
  ['data:text/html,hello', true],
  ['app://other/', true],
  ['app://bundle/content/a', false],
])('a frame’s way to %s is stopped: %s', (url, stopped) => {
  expect(securedContents().isPrevented('will-frame-navigate', { url, isMainFrame: false })).toBe(stopped)
})

test('no page opens a window, and none holds a webview', () => {
  const { open, isPrevented } = securedContents()
  for (const url of ['https://asteroid.ai/', 'about:blank', 'app://bundle/index.html'])
    expect(open(url)).toEqual({ action: 'deny' })
  expect(isPrevented('will-attach-webview', {})).toBe(true)
})

test('Chromium finds no host, whatever looks one up', () => {
  closeNetwork()
  expect(switches.get('host-resolver-rules')).toBe('MAP * ~NOTFOUND')
})
