/**
 * Encodes what may cross IPC as one string, and back. The same functions run in the host and in the page, so they use
 * nothing from outside themselves.
 *
 * Covers what JSON lacks and this app sends: `undefined`, non-finite numbers, dates and bytes. Anything else that the
 * structured clone knows throws, so that the host never passes on something other than Electron would.
 */
export function createCodec(): { encode: (value: unknown) => string; decode: (text: string) => unknown } {
  const tag = '$host'

  function pack(value: unknown): unknown {
    if (value === undefined) return { [tag]: 'undefined' }
    if (typeof value === 'number' && !Number.isFinite(value)) return { [tag]: 'number', value: String(value) }
    if (typeof value === 'bigint') return { [tag]: 'bigint', value: String(value) }
    if (typeof value === 'function' || typeof value === 'symbol') throw new Error('An object could not be cloned.')
    if (typeof value !== 'object' || value === null) return value
    if (value instanceof Date) return { [tag]: 'date', value: value.getTime() }
    if (value instanceof Uint8Array) return { [tag]: 'bytes', value: toBase64(value) }
    if (value instanceof Error) return { [tag]: 'error', name: value.name, message: value.message }
    if (Array.isArray(value)) return value.map(pack)
    if (Object.prototype.toString.call(value) !== '[object Object]')
      throw new Error(`The host can not clone ${Object.prototype.toString.call(value)}.`)
    const packed: Record<string, unknown> = {}
    for (const [name, item] of Object.entries(value)) packed[name] = pack(item)
    return tag in packed ? { [tag]: 'object', value: packed } : packed
  }

  function unpack(packed: unknown): unknown {
    if (typeof packed !== 'object' || packed === null) return packed
    if (Array.isArray(packed)) return packed.map(unpack)
    const { [tag]: type, ...rest } = packed as Record<string, unknown>
    if (type === undefined) return unpackFields(packed)
    if (type === 'undefined') return undefined
    if (type === 'number') return Number(rest.value)
    if (type === 'bigint') return BigInt(rest.value as string)
    if (type === 'date') return new Date(rest.value as number)
    if (type === 'bytes') return fromBase64(rest.value as string)
    if (type === 'error') return Object.assign(new Error(rest.message as string), { name: rest.name })
    return unpackFields(rest.value as object)
  }

  function unpackFields(fields: object): unknown {
    const result: Record<string, unknown> = {}
    for (const [name, item] of Object.entries(fields))
      Object.defineProperty(result, name, { value: unpack(item), enumerable: true, writable: true, configurable: true })
    return result
  }

  function toBase64(bytes: Uint8Array): string {
    let text = ''
    for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
    return btoa(text)
  }

  function fromBase64(text: string): Uint8Array {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  }

  return {
    encode: (value) => JSON.stringify(pack(value)),
    decode: (text) => unpack(JSON.parse(text)),
  }
}
