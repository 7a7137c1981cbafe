/** What the host was asked for and can't do. A test run with any entry has failed, whatever its specs say. */
const missing: string[] = []
const calls: HostCall[] = []
let onMissing: (what: string) => void = () => {}

/** A call that has no effect here beyond being noted. */
export type HostCall = { readonly name: string; readonly args: readonly unknown[] }

/** Answers everything that was asked for in vain so far. */
export function missingSoFar(): readonly string[] {
  return missing
}

/** Answers the noted calls so far. */
export function callsSoFar(): readonly HostCall[] {
  return calls
}

export function listenForMissing(listener: (what: string) => void): void {
  onMissing = listener
}

/** Notes a call whose effect only the real Electron has, such as a badge in the dock. */
export function noteCall(name: string, ...args: readonly unknown[]): void {
  calls.push({ name, args })
}

/** Records what is not there, and throws. */
export function refuse(what: string): never {
  missing.push(what)
  onMissing(what)
  throw new Error(`The Electron host does not implement ${what}.`)
}

/** What the language itself looks up on any object: awaiting, printing, converting. */
const askedByNode = new Set(['then', 'toJSON', 'constructor', 'prototype', 'nodeType', 'asymmetricMatch', 'inspect'])

/** Lets through what an object has; anything else of it is recorded and throws. */
export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, property) {
      if (!(property in object) && typeof property === 'string' && !askedByNode.has(property))
        return refuse(`${name}.${property}`)
      const value: unknown = Reflect.get(object, property, object)
      // Private fields are the object's own, and not the proxy's.
      return typeof value === 'function' && property !== 'constructor' ? value.bind(object) : value
    },
    set(object, property, value) {
      if (!(property in object)) refuse(`${name}.${String(property)} = …`)
      return Reflect.set(object, property, value, object)
    },
  })
}

/** Stands for a module or class of which nothing is there: it links, and its first use throws. */
export function absent(name: string): unknown {
  return new Proxy(function unavailable() {}, {
    get: (target, property) =>
      typeof property === 'symbol' || askedByNode.has(property)
        ? Reflect.get(target, property)
        : refuse(`${name}.${property}`),
    apply: () => refuse(`${name}()`),
    construct: () => refuse(`new ${name}()`),
  })
}

/** Refuses options that the host would otherwise silently ignore. */
export function checkOptions(name: string, options: object, known: readonly string[]): void {
  for (const option of Object.keys(options)) if (!known.includes(option)) refuse(`${name} option ${option}`)
}
