import { createCodec } from './codec.ts'

/** The isolated world that the preload runs in, as `contextIsolation` has it. */
export const preloadWorld = 'electron-preload'
/** The function by which the preload's world speaks to the host. */
export const sendBinding = 'electronHostSend'
/** The function by which the host speaks to the preload's world. */
export const receiveFunction = 'electronHostReceive'

/** What the preload's world sends. */
export type FromPage =
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: unknown[] }
  | { readonly kind: 'send'; readonly channel: string; readonly args: unknown[] }
  | { readonly kind: 'open-window'; readonly url: string }
  | { readonly kind: 'preload-error'; readonly message: string }
  | { readonly kind: 'missing'; readonly what: string }

/** What the host sends. */
export type ToPage =
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string }
  | { readonly kind: 'event'; readonly channel: string; readonly args: unknown[] }

type Exposed =
  | { readonly type: 'value'; readonly value: unknown }
  | { readonly type: 'function'; readonly id: number }
  | { readonly type: 'object'; readonly entries: readonly (readonly [string, Exposed])[] }

type Call = { readonly call: number; readonly fn: number; readonly args: readonly Exposed[] }

/** Runs in the page's own world, before any script of the page: puts there what the preload exposes. */
function mainWorld(channel: string): void {
  if (window !== window.top) return
  const target = document
  const dispatch = target.dispatchEvent.bind(target)
  const listen = target.addEventListener.bind(target)
  const { defineProperty, freeze } = Object
  const listeners = new Map<number, (...args: unknown[]) => unknown>()
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let last = 0

  const send = (type: string, detail: unknown) => dispatch(new CustomEvent(`${channel}:${type}`, { detail }))

  /** Functions that the page hands over, such as listeners, stay here; the other world gets their number. */
  function hide(value: unknown): Exposed {
    if (typeof value !== 'function') return { type: 'value', value }
    last += 1
    listeners.set(last, value as () => void)
    return { type: 'function', id: last }
  }

  function show(exposed: Exposed): unknown {
    if (exposed.type === 'value') return exposed.value
    if (exposed.type === 'function') return callable(exposed.id)
    const object: Record<string, unknown> = {}
    for (const [name, item] of exposed.entries) object[name] = show(item)
    return freeze(object)
  }

  function callable(fn: number) {
    return freeze((...args: unknown[]) => {
      last += 1
      const call = last
      let answered: { value?: Exposed; error?: string; later?: boolean } = {}
      const stop = new AbortController()
      listen(
        `${channel}:answer:${call}`,
        (event) => {
          answered = (event as CustomEvent).detail
        },
        { signal: stop.signal },
      )
      send('call', { call, fn, args: args.map(hide) } satisfies Call)
      stop.abort()
      if (answered.error !== undefined) throw new Error(answered.error)
      if (!answered.later) return answered.value && show(answered.value)
      return new Promise((resolve, reject) => waiting.set(call, { resolve, reject }))
    })
  }

  // Chromium lets a window that a script opens make its first request before anyone can stop it.
  defineProperty(window, 'open', {
    value: (url: string | URL = '') => {
      send('open-window', new URL(url, document.baseURI).href)
      return null
    },
    enumerable: true,
  })
  listen(`${channel}:expose`, (event) => {
    const { name, exposed } = (event as CustomEvent<{ name: string; exposed: Exposed }>).detail
    defineProperty(window, name, { value: show(exposed), enumerable: true })
  })
  listen(`${channel}:settle`, (event) => {
    const { call, value, error } = (event as CustomEvent<{ call: number; value?: Exposed; error?: string }>).detail
    const promise = waiting.get(call)
    waiting.delete(call)
    if (error === undefined) promise?.resolve(value && show(value))
    else promise?.reject(new Error(error))
  })
  listen(`${channel}:listener`, (event) => {
    const { fn, args } = (event as CustomEvent<{ fn: number; args: unknown[] }>).detail
    listeners.get(fn)?.(...args)
  })
}

/** Runs in the preload's world: gives it `require('electron')`, `process` and the two bridges, and runs it. */
function isolatedWorld(
  channel: string,
  codec: ReturnType<typeof createCodec>,
  process: object,
  runPreload: (require: (name: string) => unknown, process: object, module: { exports: object }) => void,
): void {
  if (window !== window.top) return
  const functions = new Map<number, (...args: unknown[]) => unknown>()
  const channels = new Map<string, Set<(...args: unknown[]) => void>>()
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let last = 0

  const dispatch = (type: string, detail: unknown) =>
    document.dispatchEvent(new CustomEvent(`${channel}:${type}`, { detail }))
  const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

  function post(message: FromPage): void {
    const binding = Reflect.get(globalThis, 'electronHostSend') as (text: string) => void
    binding(codec.encode(message))
  }

  function expose(value: unknown): Exposed {
    if (typeof value === 'function') {
      last += 1
      functions.set(last, value as () => void)
      return { type: 'function', id: last }
    }
    if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)
      return { type: 'object', entries: Object.entries(value).map(([name, item]) => [name, expose(item)] as const) }
    return { type: 'value', value }
  }

  /** A listener of the page, called with clones; what it answers does not come back. */
  function listenerOf(fn: number) {
    return (...args: unknown[]) => void dispatch('listener', { fn, args })
  }

  document.addEventListener(`${channel}:open-window`, (event) => {
    post({ kind: 'open-window', url: (event as CustomEvent<string>).detail })
  })
  document.addEventListener(`${channel}:call`, (event) => {
    const { call, fn, args } = (event as CustomEvent<Call>).detail
    const answer = (detail: object) => dispatch(`answer:${call}`, detail)
    try {
      const result = functions.get(fn)?.(
        ...args.map((arg) => (arg.type === 'function' ? listenerOf(arg.id) : arg.type === 'value' ? arg.value : null)),
      )
      if (!(result instanceof Promise)) return void answer({ value: expose(result) })
      answer({ later: true })
      result.then(
        (value) => dispatch('settle', { call, value: { type: 'value', value } satisfies Exposed }),
        (error: unknown) => dispatch('settle', { call, error: messageOf(error) }),
      )
    } catch (error) {
      answer({ error: messageOf(error) })
    }
  })

  Reflect.set(globalThis, 'electronHostReceive', (text: string) => {
    const message = codec.decode(text) as ToPage
    if (message.kind === 'event') {
      for (const listener of channels.get(message.channel) ?? []) listener({ sender: ipcRenderer }, ...message.args)
      return
    }
    const promise = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.kind === 'result') promise?.resolve(message.value)
    else promise?.reject(new Error(message.message))
  })

  function strictly<T extends object>(name: string, target: T): T {
    return new Proxy(target, {
      get(object, property) {
        if (property in object || typeof property === 'symbol' || property === 'then')
          return Reflect.get(object, property)
        const what = `${name}.${property}`
        post({ kind: 'missing', what })
        throw new Error(`The Electron host does not implement ${what}.`)
      },
    })
  }

  const ipcRenderer = strictly('ipcRenderer', {
    invoke(name: string, ...args: unknown[]) {
      last += 1
      const id = last
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        post({ kind: 'invoke', id, channel: name, args })
      })
    },
    send: (name: string, ...args: unknown[]) => post({ kind: 'send', channel: name, args }),
    on(name: string, listener: () => void) {
      channels.set(name, (channels.get(name) ?? new Set()).add(listener))
      return ipcRenderer
    },
    off(name: string, listener: () => void) {
      channels.get(name)?.delete(listener)
      return ipcRenderer
    },
  })
  const contextBridge = strictly('contextBridge', {
    exposeInMainWorld: (name: string, api: unknown) => void dispatch('expose', { name, exposed: expose(api) }),
  })
  const electron = strictly('electron (preload)', { ipcRenderer, contextBridge })

  try {
    runPreload(
      (name) => {
        if (name === 'electron') return electron
        throw new Error(`module not found: ${name}`)
      },
      process,
      { exports: {} },
    )
  } catch (error) {
    post({ kind: 'preload-error', message: messageOf(error) })
  }
}

/** The two scripts of a page, as text; `channel` is a secret that the page's own scripts don't know. */
export function pageScripts(options: {
  readonly channel: string
  readonly preload: string
  readonly process: object
}): { readonly mainWorld: string; readonly isolatedWorld: string } {
  const channel = JSON.stringify(options.channel)
  const preload = `function (require, process, module) { const exports = module.exports; ${options.preload}\n}`
  return {
    mainWorld: `(${mainWorld})(${channel})`,
    isolatedWorld: `(${isolatedWorld})(${channel}, (${createCodec})(), ${JSON.stringify(options.process)}, ${preload})`,
  }
}
