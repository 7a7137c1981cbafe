import { expect, onTestFinished, test } from 'vitest'
import { createClient } from '../api/client.ts'
import { keyHeader, parseBase } from '../api/request-policy.ts'
import { silentLogger } from '../log/logger.ts'
import { execution, nodeAt, open, pathsIn, rowsOf, serve } from './open-listing.fixture.ts'
import { openListing } from './open-listing.ts'

test('a listing that was refused without a key comes with the key that is there when it is asked for again', async () => {
  const base = await serve((request, response) => {
    if (request.headers[keyHeader.toLowerCase()] !== 'secret') response.writeHead(401)
    const info = { id: execution.executionId, agentName: 'Invoices', status: 'completed' }
    response.end(JSON.stringify(request.url?.endsWith('/files') ? { directories: {} } : info))
  })
  let key: string | null = null
  const currentClient = async () => {
    const client = createClient({ base: parseBase(base), key })
    onTestFinished(() => client.close())
    return client
  }
  const where = { cacheFolder: null, workerUrl: null }
  const listing = await openListing({ execution, currentClient, log: silentLogger, onChange() {}, ...where })
  onTestFinished(() => listing.close())
  await expect(listing.whenLoaded()).rejects.toMatchObject({ error: { kind: 'key-missing' } })
  key = 'secret'
  expect(await listing.refresh()).toMatchObject({ problem: null, freshness: 'fresh' })
  await expect.poll(() => listing.view().info).toMatchObject({ agentName: 'Invoices', status: 'completed' })
})

test('a refresh keeps node numbers, open folders and selection, and tells what is new, changed and gone', async () => {
  const { listing, answerWith } = await open({
    workspace: [{ filePath: 'a/one' }, { filePath: 'a/two' }, { filePath: 'same' }],
  })
  await listing.whenLoaded()
  await listing.setAllOpen(true)
  const one = await nodeAt(listing, 'workspace/a/one')
  const two = await nodeAt(listing, 'workspace/a/two')
  await listing.select({ how: 'only', node: two })
  await listing.select({ how: 'toggle', node: one })
  answerWith({ workspace: [{ filePath: 'same' }, { filePath: 'a/two', fileSize: 5 }, { filePath: 'a/three' }] })
  const view = await listing.refresh()
  expect(view.changes).toEqual({ added: 1, changed: 1, gone: 1 })
  expect([view.fileCount, view.totalSize, view.selection]).toEqual([
    3,
    7,
    { count: 1, only: expect.any(Number), fileCount: 1, size: 5 },
  ])
  expect((await rowsOf(listing)).filter((row) => row.level > 1).map((row) => `${row.name} ${row.change}`)).toEqual([
    'a null',
    'one gone',
    'three new',
    'two changed',
    'same null',
  ])
  expect(await nodeAt(listing, 'workspace/a/two')).toBe(two)
  expect(await pathsIn(listing, { what: 'all' })).not.toContain('workspace/a/one')

  await listing.refresh()
  expect(await listing.nodeAt('workspace/a/one')).toBeNull()
})

test('a failed refresh keeps the files and says why; the first failure is thrown to who waits for files', async () => {
  const { listing, answerWith } = await open({ workspace: [{ filePath: 'a' }] })
  await listing.whenLoaded()
  answerWith(500)
  expect(await listing.refresh()).toMatchObject({ fileCount: 1, problem: { kind: 'server-error' } })
  answerWith({ workspace: [] })
  expect(await listing.refresh()).toMatchObject({ fileCount: 0, problem: null })

  const missing = await open(404)
  await expect(missing.listing.whenLoaded()).rejects.toMatchObject({ error: { kind: 'not-found' } })
})

test('fresh links are asked for once for all who wait, and match by id, then by path', async () => {
  const { listing, asked, answerWith } = await open({ workspace: [{ filePath: 'a' }, { filePath: 'b' }] })
  await listing.whenLoaded()
  answerWith({
    workspace: [
      { filePath: 'moved', id: 'workspace-0-a' },
      { filePath: 'b', id: 'other' },
    ],
  })
  const [one, two] = await Promise.all([
    listing.relist([{ id: 'workspace-0-a', path: 'workspace/a' }]),
    listing.relist([
      { id: 'workspace-1-b', path: 'workspace/b' },
      { id: 'none', path: 'workspace/none' },
    ]),
  ])
  expect([...one, ...two].map((file) => file?.downloadUrl ?? null)).toEqual(['/2/moved', '/2/b', null])
  expect(asked()).toBe(2)
})

test('a run that has ended is listed once more when it is followed, and says so itself', async () => {
  const { listing, asked } = await open({ workspace: [] })
  await listing.whenLoaded()
  expect(listing.follow(true).following).toBe(true)
  await expect.poll(() => listing.view().following).toBe(false)
  expect([asked(), listing.view().info?.agentName]).toEqual([2, 'Invoices'])
})
