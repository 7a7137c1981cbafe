import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from '../core/api/client.ts'
import { type LocalServer, startServer } from '../core/api/local-server.fixture.ts'
import { parseBase } from '../core/api/request-policy.ts'
import { type OpenListing, openListing } from '../core/listing/open-listing.ts'
import { silentLogger } from '../core/log/logger.ts'
import type { Nodes } from '../shared/models/listing.ts'
import { planDownload } from './plan-download.ts'

const executionId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301'
const paths = { workspace: ['a/b/1.csv', 'a/b/2.csv', 'a/c.txt', 'd.csv'], debug: ['last.log'] }

let server: LocalServer
let listing: OpenListing
const ends: (() => Promise<void>)[] = []

beforeAll(async () => {
  const entry = (filePath: string) => ({ id: filePath, filePath, fileName: filePath, fileSize: 1, downloadUrl: '/x' })
  const directories = Object.fromEntries(Object.entries(paths).map(([name, files]) => [name, files.map(entry)]))
  server = await startServer((request, response) => {
    if (request.url?.endsWith('/files')) response.end(JSON.stringify({ directories }))
    else response.writeHead(404).end()
  })
  const client = createClient({ base: parseBase(`http://127.0.0.1:${server.port}`), key: 'k' })
  const execution = { executionId, source: 'account' } as const
  listing = await openListing({
    execution,
    currentClient: async () => client,
    cacheFolder: null,
    workerUrl: null,
    log: silentLogger,
    onChange() {},
  })
  await listing.whenLoaded()
  ends.push(listing.close, client.close, server.close)
})
afterAll(async () => {
  for (const end of ends) await end()
})

async function nodes(...wanted: readonly string[]): Promise<Nodes> {
  const found = await Promise.all(wanted.map((path) => listing.nodeAt(path)))
  return { what: 'nodes', nodes: found.map((node) => node ?? -1) }
}

test('a whole run goes into a folder of its name and the beginning of its id', async () => {
  expect(await planDownload(listing, { what: 'all' }, 'Invoices: May')).toEqual({
    title: 'Invoices: May',
    layout: { leading: 0, folder: 'Invoices_ May 3f2504e0' },
  })
  expect(await planDownload(listing, { what: 'all' }, null)).toEqual({
    title: 'Run 3f2504e0',
    layout: { leading: 0, folder: 'Run 3f2504e0' },
  })
})

test('one file goes by its name, one folder by its own', async () => {
  const file = await planDownload(listing, await nodes('workspace/a/b/1.csv'), null)
  expect(file).toEqual({ title: '1.csv', layout: { leading: 3, folder: null } })
  const folder = await planDownload(listing, await nodes('workspace/a'), null)
  expect(folder).toEqual({ title: 'a', layout: { leading: 2, folder: 'a' } })
})

test('several are counted, and lie below the folder that they share', async () => {
  expect(await planDownload(listing, await nodes('workspace/a/b/1.csv', 'workspace/a/c.txt'), null)).toEqual({
    title: '2 files',
    layout: { leading: 2, folder: null },
  })
  expect(await planDownload(listing, await nodes('workspace/a/b', 'debug'), null)).toEqual({
    title: '3 files',
    layout: { leading: 0, folder: null },
  })
})

test('all that is selected is the run, though it was selected by hand', async () => {
  await listing.select({ how: 'all' })
  expect(await planDownload(listing, { what: 'selection' }, 'Invoices')).toMatchObject({
    title: 'Invoices',
    layout: { folder: 'Invoices 3f2504e0' },
  })
})

test('matches of a search are counted, and lie below the folder that they share', async () => {
  await listing.filter({ text: '*.csv', flat: false, directories: [], types: [], creators: [] })
  expect(await planDownload(listing, { what: 'matches' }, 'Invoices')).toEqual({
    title: '3 files',
    layout: { leading: 1, folder: null },
  })
})
