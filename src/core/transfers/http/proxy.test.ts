import { expect, test } from 'vitest'
import { proxyFor } from './proxy.ts'

const proxy = 'http://proxy.example:3128'
const through = (address: string, environment: NodeJS.ProcessEnv) =>
  proxyFor(new URL(address), environment)?.href.replace(/\/$/, '') ?? null

test.each([
  [{ HTTPS_PROXY: proxy }, proxy],
  [{ https_proxy: proxy, HTTPS_PROXY: 'http://other.example' }, proxy],
  [{ HTTP_PROXY: proxy }, proxy],
  [{ HTTPS_PROXY: 'proxy.example:3128' }, proxy],
  [{ HTTPS_PROXY: '' }, null],
  [{}, null],
])('with %j, https goes through %j', (environment, expected) => {
  expect(through('https://storage.example/a', environment)).toBe(expected)
})

test.each([
  ['storage.example', true],
  ['.storage.example', true],
  ['*.example', true],
  ['other.example, Storage.Example', true],
  ['other.example storage.example:443', true],
  ['*', true],
  ['storage.example:8443', false],
  ['age.example', false],
  ['storage.example.com', false],
  ['', false],
])('NO_PROXY of %j keeps a host out of it: %j', (list, isKept) => {
  const environment = { HTTPS_PROXY: proxy, NO_PROXY: list }
  expect(through('https://storage.example/a', environment)).toBe(isKept ? null : proxy)
})

test.each([
  ['[fd00::1]', true],
  ['[fd00::1]:8443', true],
  ['[fd00::1]:443', false],
  ['[fd00::2]', false],
  ['fd00::1', true],
  ['other.example, FD00::1', true],
  ['fd00:0:0::1', true],
  ['fd00::1:8443', false],
  ['fd00::2', false],
  ['[fd00:0::1]', true],
])('NO_PROXY of %j keeps an address of IPv6 out of it: %j', (list, isKept) => {
  const environment = { HTTPS_PROXY: proxy, NO_PROXY: list }
  expect(through('https://[fd00::1]:8443/a', environment)).toBe(isKept ? null : proxy)
})

test.each(['https://127.0.0.1:9/a', 'https://localhost/a', 'https://[::1]/a', 'http://127.0.0.1/a'])(
  'this computer (%s) is never reached through a proxy',
  (address) => {
    expect(through(address, { HTTPS_PROXY: proxy, HTTP_PROXY: proxy })).toBeNull()
  },
)
