import { EventEmitter } from 'node:events'
import { refuse } from './unimplemented.ts'

export type Listener = (...args: never[]) => void

/** An emitter that takes listeners only for the events that it may fire, or that a test may fire in its place. */
export class StrictEmitter extends EventEmitter {
  readonly #name: string
  readonly #events: readonly string[]

  constructor(name: string, events: readonly string[]) {
    super()
    this.#name = name
    this.#events = events
  }

  override on(event: string, listener: Listener): this {
    return super.on(this.#checked(event), listener as () => void)
  }

  override once(event: string, listener: Listener): this {
    return super.once(this.#checked(event), listener as () => void)
  }

  override addListener(event: string, listener: Listener): this {
    return super.addListener(this.#checked(event), listener as () => void)
  }

  #checked(event: string): string {
    return this.#events.includes(event) ? event : refuse(`${this.#name} event “${event}”`)
  }
}

/** Holds a stand-in's members to Electron's types. Listeners are left to `StrictEmitter`. */
export type Implements<T> = Partial<Omit<T, keyof EventEmitter>>

export type PreventableEvent = { readonly preventDefault: () => void; readonly defaultPrevented: boolean }

/** An event whose default a listener may prevent, with details of its own. */
export function preventable<Details extends object>(details: Details): Details & PreventableEvent {
  let prevented = false
  const event = {
    ...details,
    preventDefault() {
      prevented = true
    },
    get defaultPrevented() {
      return prevented
    },
  }
  return event
}
