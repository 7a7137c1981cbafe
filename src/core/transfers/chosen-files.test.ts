import type { ServerResponse } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { createClient } from '../api/client.ts'
import { parseBase } from '../api/request-policy.ts'
import { type OpenListing, openListing } from '../listing/open-listing.ts'
import { silentLogger } from '../log/logger.ts'
import { filesBelow, temporaryFolder } from './folders.fixture.ts'
import { createMemorySource, executionId } from './memory-source.fixture.ts'
import { download, origin, transfersFor, until } from './transfers.fixture.ts'

const names = ['x1', 'x2', 'y1', 'y2']

/** A run whose files can be listed and fetched; `hold` keeps those of its names waiting. */
async function run() {
  const held: ServerResponse[] = []
  let isHolding = true
  const { url } = await origin((request, response) => {
    if (request.url?.endsWith('/files')) {
      const files = names.map((name) => ({
        id: name,
        filePath: name,
        fileName: name,
        fileSize: 5,
        updatedAt: '2026-01-01T00:00:00Z',
        downloadUrl: `${url}/${name}`,
      }))
      return void response.end(JSON.stringify({ directories: { workspace: files } }))
    }
    if (request.url?.startsWith('/held') && isHolding) return void held.push(response)
    response.end('hello')
  })
  const client = createClient({ base: parseBase(url), key: 'k' })
  const listing = await openListing({
    execution: { executionId, source: 'account' },
    currentClient: async () => client,
    cacheFolder: null,
    workerUrl: null,
    log: silentLogger,
    onChange() {},
  })
  onTestFinished(() => listing.close())
  await listing.whenLoaded()
  const release = () => {
    isHolding = false
    for (const response of held) response.end('hello')
  }
  return { url, listing, release }
}

async function pick(listing: OpenListing, ...picked: readonly string[]): Promise<void> {
  await listing.select({ how: 'none' })
  for (const name of picked) {
    const node = (await listing.nodeAt(`workspace/${name}`)) ?? -1
    await listing.select({ how: 'toggle', node })
  }
}

async function all<T>(steps: AsyncIterable<readonly T[]>): Promise<readonly T[]> {
  const found: T[] = []
  for await (const some of steps) found.push(...some)
  return found
}

const slow = { connectMilliseconds: 20_000, stallMilliseconds: 60_000, firstRetryMilliseconds: 50 }

test.each(['selection', 'matches'] as const)(
  'what is downloaded is the %s of the click, though it starts only once there is a place',
  async (what) => {
    const { url, listing, release } = await run()
    const show = (letter: string) =>
      what === 'selection'
        ? pick(listing, `${letter}1`, `${letter}2`)
        : listing.filter({ text: letter, flat: false, directories: [], types: [], creators: [] })
    const transfers = transfersFor(url, { limits: slow, journalFolder: await temporaryFolder() })
    const others = Array.from({ length: 600 }, (_, index) => ({ path: `f${index}`, size: 5 }))
    const full = await download(
      transfers,
      createMemorySource(others, (file) => `${url}/held/${file.path}`),
    )
    await until(transfers, full.id, ({ status }) => status.state === 'running')

    await show('x')
    const first = await download(transfers, listing, { files: { what } })
    await show('y')
    const second = await download(transfers, listing, { files: { what } })
    release()
    await Promise.all([first.over, second.over])
    expect(await filesBelow(first.target)).toEqual(['workspace/x1', 'workspace/x2'])
    expect(await filesBelow(second.target)).toEqual(['workspace/y1', 'workspace/y2'])
  },
)

test('what was picked while a download is being started is not in it', async () => {
  const { url, listing } = await run()
  await pick(listing, 'x1')
  const transfers = transfersFor(url)
  const starting = download(transfers, listing, { files: { what: 'selection' }, target: await temporaryFolder() })
  const picking = pick(listing, 'y1', 'y2')
  const { target, over } = await starting
  await picking
  expect(await over).toMatchObject({ fileCount: 1, doneCount: 1 })
  expect(await filesBelow(target)).toEqual(['workspace/x1'])
})

test('a choice stands for the same files until it is let go, whatever is picked and listed meanwhile', async () => {
  const { listing } = await run()
  await pick(listing, 'x1', 'x2')
  const chosen = listing.choose({ what: 'selection' })
  await pick(listing, 'y1')
  await listing.refresh()
  expect((await listing.total(chosen)).fileCount).toBe(2)
  expect(await all(listing.paths(chosen))).toEqual(['workspace/x1', 'workspace/x2'])
  const files = listing.files(chosen)
  listing.letGo(chosen)
  expect(await all(files)).toMatchObject([{ path: 'workspace/x1' }, { path: 'workspace/x2' }])
  expect((await listing.total({ what: 'selection' })).fileCount).toBe(1)
})
