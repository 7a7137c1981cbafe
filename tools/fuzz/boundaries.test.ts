import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyHeaders, parseBase, redirectTarget, resolveDownloadUrl } from '../../src/core/api/request-policy.ts'
import { Failure } from '../../src/core/failure.ts'
import { type Command, commands, events } from '../../src/shared/contract.ts'
import { settingsSchema } from '../../src/shared/models/settings.ts'
import { anyText, anyValue, hold } from './hold.ts'

const names = Object.keys(commands) as Command[]

test.each(names)('any payload of %s is taken or refused, and what is taken is taken again unchanged', (name) =>
  hold(
    anyValue,
    (payload) => {
      const first = commands[name].input.safeParse(payload)
      if (!first.success) return
      const second = commands[name].input.safeParse(structuredClone(first.data))
      expect(second).toEqual({ success: true, data: first.data })
    },
    3,
  ),
)

test('payloads that differ from a right one in one place are taken or refused', () =>
  hold(fc.tuple(fc.constantFrom(...names), fc.dictionary(knownField, anyValue)), ([name, payload]) => {
    expect(typeof commands[name].input.safeParse(payload).success).toBe('boolean')
  }))

test('any payload of any event is taken or refused', () =>
  hold(fc.tuple(fc.constantFrom(...Object.values(events)), anyValue), ([schema, payload]) => {
    expect(typeof schema.safeParse(payload).success).toBe('boolean')
  }))

test('any object read as settings gives whole settings, which read back the same', () =>
  hold(fc.dictionary(fc.constantFrom(...Object.keys(settingsSchema.shape)), anyValue), (written) => {
    const settings = settingsSchema.parse(written)
    const text = JSON.stringify(settings)
    expect(JSON.stringify(settingsSchema.parse(JSON.parse(text)))).toBe(text)
  }))

test('the key goes to the API’s own origin, whatever a link or a redirect says', () =>
  hold(fc.tuple(anyAddress, anyAddress), ([link, location]) => {
    const connection = { base: new URL('https://api.example/v2'), key: 'secret' }
    const url = unlessUnsafe(() => resolveDownloadUrl(connection, link))
    const next = url && unlessUnsafe(() => redirectTarget(url, location))
    for (const each of [url, next]) {
      if (!each) continue
      expect(['https:', 'http:']).toContain(each.protocol)
      if (each.protocol === 'http:') expect(each.hostname).toMatch(/^(localhost|127\.[\d.]+|\[::1\])$/)
      expect('X-Asteroid-Agents-Api-Key' in keyHeaders(connection, each)).toBe(each.origin === 'https://api.example')
    }
    if (url?.protocol === 'https:' && next) expect(next.protocol).toBe('https:')
  }))

test('a base is https, or http on this computer, or refused', () =>
  hold(anyAddress, (text) => {
    const base = unlessUnsafe(() => parseBase(text))
    if (base?.protocol === 'http:') expect(base.hostname).toMatch(/^(localhost|127\.[\d.]+|\[::1\])$/)
    if (base) expect([base.username, base.password, base.search, base.hash]).toEqual(['', '', '', ''])
  }))

const knownField = fc.constantFrom(
  'listing',
  'node',
  'from',
  'to',
  'filter',
  'sort',
  'files',
  'id',
  'index',
  'executionId',
)
const anyAddress = fc.oneof(
  anyText,
  fc.webUrl(),
  fc
    .tuple(fc.constantFrom('http', 'https', 'file', 'javascript', 'data', 'HTTPS'), anyText)
    .map((parts) => parts.join('://')),
  fc.constantFrom(
    '//other.example/x',
    '/x',
    'https://api.example@other.example/',
    'https://api.example.other.example/',
    'https://api.example:8443/',
    'http://api.example/',
    'http://127.0.0.1.other.example/',
    'http://localhost:1/',
    '\\\\other.example\\x',
  ),
)

/** The value, or undefined where it was refused as a failure; anything else that is thrown is a fault. */
function unlessUnsafe(make: () => URL): URL | undefined {
  try {
    return make()
  } catch (thrown) {
    if (thrown instanceof Failure) return undefined
    throw thrown
  }
}
