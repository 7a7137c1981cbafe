import { rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { Batch } from '../../../shared/models/transfer.ts'
import { createClient } from '../../api/client.ts'
import { parseBase } from '../../api/request-policy.ts'
import { filesBelow, temporaryFolder } from '../folders.fixture.ts'
import { createMemorySource } from '../memory-source.fixture.ts'
import { bytesOf, sendBody } from '../origin.fixture.ts'
import { mebi, refusingDisk, smallDisk } from '../small-disk.fixture.ts'
import { download, origin, transfersFor, until } from '../transfers.fixture.ts'

const isFull = ({ status }: Batch) => status.state === 'waiting' && status.reason === 'disk-full'

/** Begins an archive of files that all have the same bytes, on a disk that has not quite 3 MiB left. */
async function archiveOnFullDisk(disk: string, names: readonly string[], body: Buffer) {
  const filler = path.join(disk, 'filler')
  await writeFile(filler, Buffer.alloc(5 * mebi))
  const { url, requests } = await origin((request, response) => sendBody(request, response, body))
  const files = names.map((name) => ({ path: name, size: body.length }))
  const source = createMemorySource(files, () => `${url}/a`)
  const client = createClient({ base: parseBase(url), key: null })
  const transfers = transfersFor(url, { journalFolder: await temporaryFolder(), clientFor: async () => client })
  const { id, over } = await download(transfers, source, { target: path.join(disk, 'run.zip'), kind: 'archive' })
  return { transfers, id, over, filler, requests }
}

test('an archive that the disk has no room for waits before its first byte, says what is missing, and goes on', async ({
  skip,
}) => {
  const disk = await smallDisk()
  if (disk === null) return skip('needs root on Linux, to mount a small disk')
  const names = ['a.png', 'b.png']
  const { transfers, id, over, filler, requests } = await archiveOnFullDisk(disk, names, bytesOf(1, 2 * mebi))
  const full = await until(transfers, id, isFull)
  expect(full.status).toMatchObject({ message: expect.stringMatching(/^The disk is full: 2(\.\d)? MB more is needed/) })
  expect([requests, await filesBelow(disk)]).toEqual([[], ['filler']])
  await rm(filler)
  transfers.wake()
  expect(await over).toMatchObject({ status: { state: 'done' }, doneCount: 2 })
  expect(await filesBelow(disk)).toEqual(['run.zip'])
})

test('one that is cancelled meanwhile leaves nothing', async ({ skip }) => {
  const disk = await smallDisk()
  if (disk === null) return skip('needs root on Linux, to mount a small disk')
  const { transfers, id, over } = await archiveOnFullDisk(disk, ['a.png', 'b.png'], bytesOf(1, 2 * mebi))
  await until(transfers, id, isFull)
  transfers.cancel(id)
  expect((await over).status.state).toBe('cancelled')
  expect(await filesBelow(disk)).toEqual(['filler'])
})

test('files that may shrink hold no archive back', async ({ skip }) => {
  const disk = await smallDisk()
  if (disk === null) return skip('needs root on Linux, to mount a small disk')
  const text = Buffer.from('1,2,3\n'.repeat(mebi / 3))
  const { over } = await archiveOnFullDisk(disk, ['a.csv', 'b.csv', 'c.csv'], text)
  expect(await over).toMatchObject({ status: { state: 'done' }, doneCount: 3 })
})

test('one whose files did not shrink says on the way that the disk is full, and goes on when there is room', async ({
  skip,
}) => {
  const disk = await smallDisk()
  if (disk === null) return skip('needs root on Linux, to mount a small disk')
  const names = ['a.csv', 'b.csv']
  const { transfers, id, over, filler } = await archiveOnFullDisk(disk, names, bytesOf(1, 2 * mebi))
  const { status } = await until(transfers, id, isFull)
  expect(status).toMatchObject({ message: 'The disk is full. It goes on when there is room.' })
  await rm(filler)
  transfers.wake()
  expect(await over).toMatchObject({ status: { state: 'done' }, doneCount: 2 })
  expect((await stat(path.join(disk, 'run.zip'))).size).toBeGreaterThan(4 * mebi)
})

test('a disk that has room and takes no further file is told as that, and tried again', async ({ skip }) => {
  const refusing = await refusingDisk()
  if (refusing === null) return skip('needs root on Linux, to mount a small disk')
  const { url, requests } = await origin((request, response) => sendBody(request, response, Buffer.from('hello')))
  const client = createClient({ base: parseBase(url), key: null })
  const transfers = transfersFor(url, { clientFor: async () => client })
  const source = createMemorySource([{ path: 'a', size: 5 }], () => `${url}/a`)
  const target = path.join(refusing.disk, 'run.zip')
  const { id, over } = await download(transfers, source, { target, kind: 'archive' })
  const { status } = await until(transfers, id, ({ status }) => status.state !== 'running')
  expect([status, requests]).toMatchObject([{ message: expect.stringContaining('though it has room') }, []])
  await Promise.all(refusing.files.map((file) => rm(file)))
  transfers.wake()
  expect((await over).status.state).toBe('done')
  expect(await filesBelow(refusing.disk)).toEqual(['run.zip'])
})
