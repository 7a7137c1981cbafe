import { expect, test } from 'vitest'
import { parseBase } from '../../api/request-policy.ts'
import { type addressOf, createAddresses } from './address.ts'

const connection = { base: parseBase('https://api.example/v2'), key: null }
const first = 'https://storage.example/bucket/first'

function partsOf({ origin, host, path, url }: ReturnType<typeof addressOf>) {
  return { origin, host, path, href: url().href }
}

test.each([
  'https://storage.example/bucket/a%20file.csv?X-Amz-Date=20260102T030405Z&X-Amz-Signature=0af~_-.%2F',
  'https://storage.example/',
  'https://storage.example/?a=b/./c',
  'https://storage.example/a?',
  'https://storage.example/a/./b',
  'https://storage.example/a/../b',
  'https://storage.example/a/%2E%2e/b',
  'https://storage.example/a/.hidden',
  'https://storage.example/a//b',
  'https://storage.example/a b',
  'https://storage.example/a\tb',
  'https://storage.example/a\\..\\b',
  "https://storage.example/a'b?c='d'",
  'https://storage.example/ä?ö=ü',
  'https://storage.example/a#b',
  'https://storage.example/a^`{|}"<>',
  'https://storage.example:443/a',
  'https://storage.example:8443/a',
  'https://storage.example.evil/a',
  'https://storage.example',
  'HTTPS://STORAGE.EXAMPLE/a',
  'relative/a',
  '/relative/a',
])('%s leads where it does without one before it', (link) => {
  const addressAfter = createAddresses()
  addressAfter(connection, first)
  const alone = createAddresses()(connection, link)
  const { origin, host, path, href } = partsOf(alone)
  expect(partsOf(addressAfter(connection, link))).toEqual({ origin, host, path, href })
  expect(path.startsWith('/')).toBe(true)
})

test.each(['https://user:word@storage.example/a', 'http://storage.example/a', 'ftp://storage.example/a', 'https://'])(
  '%s is refused whatever came before',
  (link) => {
    const addressAfter = createAddresses()
    addressAfter(connection, first)
    expect(() => addressAfter(connection, link)).toThrow()
  },
)
