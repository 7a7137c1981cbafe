import { expect, test } from 'vitest'
import { keyHeader, keyHeaders, parseBase, redirectTarget, resolveDownloadUrl } from './request-policy.ts'

const connection = { base: parseBase('https://api.example/agents/v2/'), key: 'secret' }

test('the key goes to the exact API origin and nowhere else', () => {
  expect(keyHeaders(connection, new URL('https://api.example/x'))).toEqual({ [keyHeader]: 'secret' })
  for (const other of ['https://api.example:8443/', 'http://api.example/', 'https://evil.api.example/', 'https://x.y/'])
    expect(keyHeaders(connection, new URL(other))).toEqual({})
})

test('a relative download URL is resolved against the API base', () => {
  expect(resolveDownloadUrl(connection, 'files/1').href).toBe('https://api.example/agents/v2/files/1')
  expect(resolveDownloadUrl(connection, '/files/1').href).toBe('https://api.example/files/1')
})

test.each([
  'http://api.example',
  'ftp://api.example',
  'file:///etc/passwd',
  'https://user:pw@api.example',
  'http://127.0.0.1.evil.example',
  'nonsense',
])('%s is refused as an API base', (text) => {
  expect(() => parseBase(text)).toThrow()
})

test.each(['http://127.0.0.1:1', 'http://localhost:1', 'http://[::1]:1', 'https://api.example/'])(
  '%s is accepted as an API base',
  (text) => {
    expect(parseBase(text).href.startsWith(text.slice(0, 10))).toBe(true)
  },
)

test('a redirect never goes from https to http, not even to loopback', () => {
  expect(() => redirectTarget(new URL('https://a.example'), 'http://127.0.0.1/')).toThrow()
  expect(redirectTarget(new URL('https://a.example/x/y'), '../z').href).toBe('https://a.example/z')
})
