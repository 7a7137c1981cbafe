import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { createMemorySource } from './memory-source.fixture.ts'
import { sendBody } from './origin.fixture.ts'
import { largeBytes } from './queue/places.ts'
import { download, hello, origin, patient, transfersFor, until } from './transfers.fixture.ts'

const many = (batch: string) => Array.from({ length: 600 }, (_, index) => ({ path: `${batch}/${index}`, size: 5 }))

test('small files do not wait behind huge ones that stand before them', async () => {
  const { url } = await origin((request, response) => {
    if (request.url !== '/huge') return sendBody(request, response, hello)
    response.writeHead(200, { 'content-length': 10 ** 9 }).write('some')
  })
  const huge = Array.from({ length: 1_000 }, (_, index) => ({ path: `huge${index}`, size: 10 ** 9 }))
  const source = createMemorySource([...huge, ...many('small')], (file) =>
    file.size === 5 ? `${url}/small` : `${url}/huge`,
  )
  // Whoever keeps what is there is not asked for room beforehand.
  const transfers = transfersFor(url, { limits: patient })
  const { id } = await download(transfers, source, { conflicts: 'skip' })
  const batch = await until(transfers, id, ({ doneCount }) => doneCount === 600)
  expect(batch.status.state).toBe('running')
})

test('what the person touched last goes first: the newest download, or an older one that is resumed', async () => {
  const held: ServerResponse[] = []
  let isHeld = true
  const asked: string[] = []
  const { url } = await origin((request, response) => {
    asked.push(request.url?.split('/')[1] ?? '')
    if (isHeld) held.push(response)
    else sendBody(request, response, hello)
  })
  const transfers = transfersFor(url, { limits: patient })
  const start = (name: string) =>
    download(
      transfers,
      createMemorySource(many(name), (file) => `${url}/${file.path}`),
    )
  const first = await start('first')
  // All places are taken by it.
  await expect.poll(() => held.length, { timeout: 15_000 }).toBeGreaterThan(4)
  const second = await start('second')
  const third = await start('third')
  transfers.pause(second.id)
  transfers.resume(second.id)
  isHeld = false
  for (const response of held) response.end(hello)
  await Promise.all([first.over, second.over, third.over])
  expect(asked.indexOf('second')).toBeLessThan(asked.indexOf('third'))
  expect(asked.lastIndexOf('second')).toBeLessThan(asked.lastIndexOf('third'))
  expect(asked.lastIndexOf('third')).toBeLessThan(asked.lastIndexOf('first'))
})

test('a large file that was asked for last does not wait until one of many that were asked for before is there', async () => {
  const { url } = await origin((request, response) => {
    if (request.url === '/wanted') return sendBody(request, response, wanted)
    response.writeHead(200, { 'content-length': 10 ** 9 }).write('some')
  })
  const wanted = Buffer.alloc(largeBytes)
  const huge = Array.from({ length: 40 }, (_, index) => ({ path: `huge${index}`, size: 10 ** 9 }))
  const transfers = transfersFor(url, { limits: patient })
  const before = createMemorySource(huge, () => `${url}/huge`)
  const { id } = await download(transfers, before, { conflicts: 'skip' })
  await until(transfers, id, ({ receivedBytes }) => receivedBytes >= 4 * 6)
  const last = createMemorySource([{ path: 'wanted', size: largeBytes }], () => `${url}/wanted`)
  const { over } = await download(transfers, last)
  expect((await over).status.state).toBe('done')
})
