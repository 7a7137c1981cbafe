import { readFile, rm, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { Batch } from '../../shared/models/transfer.ts'
import { filesBelow, temporaryFolder } from './folders.fixture.ts'
import { createMemorySource } from './memory-source.fixture.ts'
import { bytesOf, etagOf, sendBody } from './origin.fixture.ts'
import { mebi, refusingDisk, smallDisk } from './small-disk.fixture.ts'
import { download, hello, origin, transfersFor, until } from './transfers.fixture.ts'
import type { StartOptions } from './transfers.ts'

test('a full disk holds the queue, says what is missing, and goes on when there is room', async ({ skip }) => {
  const disk = await smallDisk()
  if (disk === null) return skip('needs root on Linux, to mount a small disk')
  const filler = path.join(disk, 'filler')
  await writeFile(filler, Buffer.alloc(5 * mebi))
  const body = bytesOf(1, 2 * mebi)
  const { url } = await origin((request, response) => sendBody(request, response, body))
  const files = ['a', 'b'].map((name) => ({ path: name, size: body.length }))
  const transfers = transfersFor(url)
  const source = createMemorySource(files, () => `${url}/a`)
  const { id, target, over } = await download(transfers, source, { target: path.join(disk, 'run') })
  const full = await until(transfers, id, ({ status }) => status.state === 'waiting' && status.reason === 'disk-full')
  expect(full.status).toMatchObject({ message: expect.stringMatching(/[\d.]+ [kM]B more is needed/) })
  await rm(filler)
  transfers.wake()
  expect((await over).status.state).toBe('done')
  expect(await filesBelow(target)).toEqual(['a', 'b'])
})

test('a disk that fills up on the way loses nothing', async ({ skip }) => {
  const disk = await smallDisk()
  if (disk === null) return skip('needs root on Linux, to mount a small disk')
  const filler = path.join(disk, 'filler')
  await writeFile(filler, Buffer.alloc(6 * mebi))
  const body = bytesOf(2, 4 * mebi)
  const { url } = await origin((request, response) => sendBody(request, response, body))
  const transfers = transfersFor(url)
  const source = createMemorySource([{ path: 'a', size: body.length }], () => `${url}/a`)
  // Without a plan it is not known which files need room.
  const { id, target, over } = await download(transfers, source, { target: path.join(disk, 'run'), conflicts: 'skip' })
  await until(transfers, id, ({ status }) => status.state === 'waiting' && status.reason === 'disk-full')
  await rm(filler)
  transfers.wake()
  expect((await over).status.state).toBe('done')
  expect(await filesBelow(target)).toEqual(['a'])
})

test('a disk that has room and refuses to take more is left alone for a while, and the person is told', async ({
  skip,
}) => {
  const refusing = await refusingDisk()
  if (refusing === null) return skip('needs root on Linux, to mount a small disk')
  const { disk, files: fillers } = refusing
  const { url, requests } = await origin((request, response) => sendBody(request, response, hello))
  const transfers = transfersFor(url)
  const files = Array.from({ length: 8 }, (_, index) => ({ path: `run/${index}`, size: 5 }))
  const source = createMemorySource(files, (file) => `${url}/${file.path}`)
  const { id, over } = await download(transfers, source, { target: disk })
  const isTold = ({ status }: Batch) => status.state === 'waiting' && status.message.includes('though it has room')
  await until(transfers, id, isTold)
  await Promise.all(fillers.map((filler) => rm(filler)))
  transfers.wake()
  expect((await over).status.state).toBe('done')
  expect(requests.length).toBeLessThanOrEqual(16)
})

test('a disk that fills up while many files land loses none of them', async ({ skip }) => {
  const disk = await smallDisk()
  if (disk === null) return skip('needs root on Linux, to mount a small disk')
  const filler = path.join(disk, 'filler')
  await writeFile(filler, Buffer.alloc(5 * mebi))
  const body = bytesOf(3, 64 * 1024)
  const { url } = await origin((request, response) => sendBody(request, response, body))
  const transfers = transfersFor(url)
  const files = Array.from({ length: 80 }, (_, index) => ({ path: `${index}`, size: body.length }))
  const source = createMemorySource(files, () => `${url}/a`)
  const { id, target, over } = await download(transfers, source, { target: path.join(disk, 'run'), conflicts: 'skip' })
  await until(transfers, id, ({ status }) => status.state === 'waiting' && status.reason === 'disk-full')
  await rm(filler)
  transfers.wake()
  expect(await over).toMatchObject({ status: { state: 'done' }, doneCount: 80, receivedBytes: 80 * body.length })
  const names = await filesBelow(target)
  expect(names.length).toBe(80)
  for (const name of names) expect((await readFile(path.join(target, name))).equals(body)).toBe(true)
})

const rules: readonly Partial<StartOptions>[] = [
  { kind: 'in-step' },
  { conflicts: 'skip' },
  { conflicts: 'skip-if-same' },
  { conflicts: 'replace-if-newer' },
  { conflicts: 'replace' },
]

test.for(rules)('with %o, too, a disk without room is seen before it is filled', async (rule, { skip }) => {
  const disk = await smallDisk()
  if (disk === null) return skip('needs root on Linux, to mount a small disk')
  const filler = path.join(disk, 'filler')
  await writeFile(filler, Buffer.alloc(5 * mebi))
  const body = bytesOf(6, 2 * mebi)
  const { url, requests } = await origin((request, response) => sendBody(request, response, body))
  const files = ['a', 'b'].map((name) => ({ path: name, size: body.length }))
  const transfers = transfersFor(url, { journalFolder: await temporaryFolder() })
  const source = createMemorySource(files, () => `${url}/a`)
  const { id, target, over } = await download(transfers, source, { ...rule, target: path.join(disk, 'run') })
  const full = await until(transfers, id, ({ status }) => status.state === 'waiting' && status.reason === 'disk-full')
  expect(full.status).toMatchObject({ message: expect.stringMatching(/^The disk is full: 2(\.\d)? MB more is needed/) })
  expect(requests).toEqual([])
  await rm(filler)
  transfers.wake()
  expect((await over).status.state).toBe('done')
  expect(await filesBelow(target)).toEqual(expect.arrayContaining(['a', 'b']))
})

test.for(rules)('with %o, what is left there or only replaced needs no room', async (rule, { skip }) => {
  const disk = await smallDisk()
  if (disk === null) return skip('needs root on Linux, to mount a small disk')
  const [there, lacking] = [bytesOf(7, 2 * mebi), bytesOf(8, mebi)]
  const time = new Date('2026-01-02T03:04:05Z')
  for (const name of ['a', 'b']) {
    await writeFile(path.join(disk, name), there)
    await utimes(path.join(disk, name), time, time)
  }
  const { url } = await origin((request, response) =>
    sendBody(request, response, request.url === '/lacking' ? lacking : there),
  )
  const files = ['a', 'b'].map((name) => ({ path: name, size: there.length }))
  const source = createMemorySource(
    [{ path: 'lacking', size: lacking.length }, ...files],
    (file) => `${url}/${file.path}`,
  )
  const transfers = transfersFor(url, { journalFolder: await temporaryFolder() })
  const { over } = await download(transfers, source, { ...rule, target: disk })
  expect((await over).status.state).toBe('done')
  expect(await filesBelow(disk)).toEqual(expect.arrayContaining(['a', 'b', 'lacking']))
})

test('after a restart, what a part file holds needs no room again', async ({ skip }) => {
  const disk = await smallDisk()
  if (disk === null) return skip('needs root on Linux, to mount a small disk')
  const body = bytesOf(9, 6 * mebi)
  let isSlow = true
  const { url, requests } = await origin((request, response) => {
    if (!isSlow) return sendBody(request, response, body)
    response.writeHead(200, { 'content-length': body.length, etag: etagOf(body) }).write(body.subarray(0, 4 * mebi))
  })
  const source = createMemorySource([{ path: 'a', size: body.length }], () => `${url}/a`)
  const options = {
    journalFolder: await temporaryFolder(),
    sourceFor: async () => ({ ...source, close: async () => {} }),
    limits: { connectMilliseconds: 2_000, stallMilliseconds: 60_000, firstRetryMilliseconds: 50 },
  }
  const first = transfersFor(url, options)
  const { id } = await download(first, source, { target: disk })
  await until(first, id, ({ receivedBytes }) => receivedBytes === 4 * mebi)
  await first.close()
  isSlow = false
  const second = transfersFor(url, options)
  await second.restore('running')
  await until(second, id, ({ status }) => status.state === 'done' || status.state === 'waiting')
  expect(second.list()).toMatchObject([{ status: { state: 'done' } }])
  expect(requests.at(-1)).toContain(`"range":"bytes=${4 * mebi}-"`)
})

test('files that are there already as the run has them need no room, also after a restart', async ({ skip }) => {
  const disk = await smallDisk()
  if (disk === null) return skip('needs root on Linux, to mount a small disk')
  const [there, lacking] = [bytesOf(4, 16 * 1024), bytesOf(5, 3.5 * mebi)]
  const time = new Date('2026-01-02T03:04:05Z')
  const names = Array.from({ length: 200 }, (_, index) => `f${index}`)
  await writeFile(path.join(disk, 'f0'), 'mine')
  for (const name of ['f0 (2)', ...names.slice(1)]) {
    await writeFile(path.join(disk, name), there)
    await utimes(path.join(disk, name), time, time)
  }
  const filler = path.join(disk, 'filler')
  await writeFile(filler, Buffer.alloc(2 * mebi))
  const { url } = await origin((request, response) => sendBody(request, response, lacking))
  const files = names.map((name) => ({ path: name, size: there.length }))
  const source = createMemorySource(
    [...files, { path: 'lacking', size: lacking.length }],
    (file) => `${url}/${file.path}`,
  )
  const options = {
    journalFolder: await temporaryFolder(),
    sourceFor: async () => ({ ...source, close: async () => {} }),
  }
  const isFull = ({ status }: Batch) => status.state === 'waiting' && status.reason === 'disk-full'
  const first = transfersFor(url, options)
  const { id } = await download(first, source, { target: disk, conflicts: 'ask' })
  // 3.5 MiB and a margin of 1, of which not quite 3 are free.
  const message = expect.stringMatching(/^The disk is full: 1(\.\d)? MB more is needed/)
  expect((await until(first, id, isFull)).status).toMatchObject({ message })
  await first.close()

  const second = transfersFor(url, options)
  await second.restore('running')
  expect((await until(second, id, isFull)).status).toMatchObject({ message })
  await rm(filler)
  second.wake()
  expect(await second.whenOver(id)).toMatchObject({ status: { state: 'done' }, doneCount: 201, unchangedCount: 200 })
  expect((await filesBelow(disk)).length).toBe(202)
})
