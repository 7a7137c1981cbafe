import { afterEach, expect, test } from 'vitest'
import { startRangeServer } from './range-server.fixture.ts'
import { createRemoteFile } from './remote-file.ts'

const opened: { close: () => Promise<void> }[] = []
afterEach(async () => {
  for (const server of opened.splice(0)) await server.close()
})
async function start(options: Parameters<typeof startRangeServer>[0]) {
  const server = await startRangeServer(options)
  opened.push(server)
  return server
}
const never = { relist: () => Promise.reject(new Error('nothing should be listed again')) }
const letters = new Uint8Array(Buffer.from('abcdefghij'))

test('reads the part that was asked for, and tells the size of the whole', async () => {
  const server = await start({ content: () => letters })
  const remote = createRemoteFile({ client: server.client, source: never, file: server.file('/a') })
  const part = await remote.read(2, 3)
  expect(Buffer.from(part.bytes).toString()).toBe('cde')
  expect(part).toMatchObject({ size: 10, ranged: true })
  expect(server.requests.map(({ range }) => range)).toEqual(['bytes=2-4'])
})

test('past the end there is nothing, and a file that grew since has more', async () => {
  let content = letters
  const server = await start({ content: () => content })
  const remote = createRemoteFile({ client: server.client, source: never, file: server.file('/a') })
  expect(await remote.read(10, 5)).toMatchObject({ bytes: new Uint8Array(), size: 10 })
  content = new Uint8Array(Buffer.from('abcdefghijklm'))
  const grown = await remote.read(10, 5)
  expect(Buffer.from(grown.bytes).toString()).toBe('klm')
  expect(grown.size).toBe(13)
})

test('a server that ignores Range is left as soon as the part is there', async () => {
  const large = new Uint8Array(200 * 1024 * 1024)
  large[1_000] = 7
  const server = await start({ content: () => large, ranges: false })
  const remote = createRemoteFile({ client: server.client, source: never, file: server.file('/a') })
  const part = await remote.read(1_000, 1_000)
  expect(part).toMatchObject({ size: large.length, ranged: false })
  expect([part.bytes.length, part.bytes[0]]).toEqual([1_000, 7])
  expect(server.sent()).toBeLessThan(20 * 1024 * 1024)
})

test('a part far into a file of such a server is refused rather than waited for', async () => {
  const large = new Uint8Array(100 * 1024 * 1024)
  const server = await start({ content: () => large, ranges: false })
  const remote = createRemoteFile({ client: server.client, source: never, file: server.file('/a') })
  await expect(remote.read(80 * 1024 * 1024, 1_000)).rejects.toMatchObject({ error: { kind: 'too-large' } })
})

test('an expired link is renewed once, for all reads that met it', async () => {
  const server = await start({ content: () => letters, isAlive: (url) => url === '/fresh' })
  let listings = 0
  const relist = async () => {
    listings += 1
    return [server.file('/fresh')]
  }
  const remote = createRemoteFile({ client: server.client, source: { relist }, file: server.file('/old') })
  const parts = await Promise.all([remote.read(0, 2), remote.read(2, 2)])
  expect(parts.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(['ab', 'cd'])
  expect(listings).toBe(1)
})

test('a link that stays dead after it was renewed ends in a failure', async () => {
  const server = await start({ content: () => letters, isAlive: () => false })
  const relist = async () => [server.file('/fresh')]
  const remote = createRemoteFile({ client: server.client, source: { relist }, file: server.file('/old') })
  await expect(remote.read(0, 2)).rejects.toMatchObject({ error: { kind: 'link-expired' } })
  expect(server.requests.length).toBe(2)
})

test('a file that is gone from the listing says so by name', async () => {
  const server = await start({ content: () => letters, isAlive: () => false })
  const remote = createRemoteFile({
    client: server.client,
    source: { relist: async () => [null] },
    file: server.file('/old'),
  })
  await expect(remote.read(0, 2)).rejects.toThrow('“debug/run.log” is no longer')
})
