import { expect, test } from 'vitest'
import { createMemorySource } from '../memory-source.fixture.ts'
import { download, origin, transfersFor } from '../transfers.fixture.ts'
import { createDigest, digestFrom } from './digests.ts'

test('CRC-32C is that of the standard, in whatever pieces the bytes come', () => {
  for (const pieces of [['123456789'], ['1', '2345', '6789'], ['12345', '6789']]) {
    const digest = createDigest('crc32c')
    for (const piece of pieces) digest.update(Buffer.from(piece))
    expect(digest.base64()).toBe('4waSgw==')
  }
})

test('check sums about the file count always, those about what was sent only with all of it', () => {
  const sent = new Map([['content-md5', 'XrY7u+Ae7tCTyyK7j1rNww==']])
  expect(digestFrom(sent, true)).toEqual({ algorithm: 'md5', base64: 'XrY7u+Ae7tCTyyK7j1rNww==' })
  expect(digestFrom(sent, false)).toBeNull()
  const google = new Map([['x-goog-hash', 'crc32c=4waSgw==,md5=XrY7u+Ae7tCTyyK7j1rNww==']])
  expect(digestFrom(google, false)?.algorithm).toBe('md5')
  expect(digestFrom(new Map([['repr-digest', 'md5=:broken:']]), false)).toBeNull()
})

test('a file whose check sum is not the server’s is not kept', async () => {
  const { url } = await origin((request, response) => {
    const right = '4waSgw=='
    response.setHeader('x-goog-hash', `crc32c=${request.url === '/right' ? right : 'AAAAAA=='}`)
    response.end('123456789')
  })
  const files = ['right', 'wrong'].map((path) => ({ path, size: 9 }))
  const { over } = await download(
    transfersFor(url),
    createMemorySource(files, ({ path }) => `${url}/${path}`),
  )
  expect(await over).toMatchObject({ doneCount: 1, failures: [{ path: 'wrong', error: { kind: 'wrong-size' } }] })
})
