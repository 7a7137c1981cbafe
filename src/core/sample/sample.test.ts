import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseListing } from '../api/parse-listing.fixture.ts'
import type { WireFile } from '../api/wire.ts'
import { type Sample, startSample } from './sample.ts'

let now = Date.parse('2026-11-20T10:00:00Z')
let sample: Sample
beforeEach(async () => {
  sample = await startSample({ key: 'sample-key', now: () => now, linkLifetimeSeconds: 60, largeFileBytes: 1_000_000 })
})
afterEach(() => sample.close())

const headers = () => ({ 'X-Asteroid-Agents-Api-Key': sample.key })
const get = (path: string) => fetch(sample.base + path, { headers: headers() })
async function filesOf(run: number): Promise<readonly WireFile[]> {
  const answer = await get(`/executions/${sample.runs[run]?.executionId}/files`)
  return parseListing(await answer.text()).files
}
function named(files: readonly WireFile[], fileName: string): WireFile {
  const file = files.find((each) => each.fileName === fileName)
  if (!file) throw new Error(`There is no ${fileName}.`)
  return file
}

test('without the right key, nothing is told', async () => {
  const url = `${sample.base}/executions/${sample.runs[0]?.executionId}/files`
  expect((await fetch(url)).status).toBe(401)
  expect((await fetch(url, { headers: { 'X-Asteroid-Agents-Api-Key': 'sample-kex' } })).status).toBe(401)
})

test('an unknown execution is not found, in the words of the contract', async () => {
  const answer = await get('/executions/3f2504e0-4f89-41d3-9a0c-0305e82c3301/files')
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
    404,
    'text/plain',
    'Execution not found.',
  ])
})

test('the finished run uses all five directories, and every file has the size and digest that it claims', async () => {
  const files = await filesOf(0)
  expect(new Set(files.map((file) => file.directory)).size).toBe(5)
  expect(new Set(files.map((file) => file.id)).size).toBe(files.length)
  for (const file of files) {
    const answer = await fetch(file.downloadUrl)
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect([file.filePath, bytes.length]).toEqual([file.filePath, file.fileSize])
    const digest = answer.headers.get('x-goog-hash')
    if (digest !== null) expect(digest).toBe(`md5=${createHash('md5').update(bytes).digest('base64')}`)
  }
})

test('the huge run has as many files as it says, none of them twice', async () => {
  const files = await filesOf(2)
  expect(files.length).toBe(100_000)
  expect(new Set(files.map((file) => `${file.directory}/${file.filePath}`)).size).toBe(100_000)
  const last = files.at(-1)
  expect((await (await fetch(last?.downloadUrl ?? '')).arrayBuffer()).byteLength).toBe(last?.fileSize)
})

test('the running run grows while one looks, and ends', async () => {
  const status = async () =>
    ((await (await get(`/executions/${sample.runs[1]?.executionId}`)).json()) as { status: string }).status
  const before = await filesOf(1)
  expect(await status()).toBe('running')
  now += 30_000
  const after = await filesOf(1)
  expect(after.length).toBeGreaterThan(before.length)
  expect(named(after, 'agent.log').fileSize).toBeGreaterThan(named(before, 'agent.log').fileSize ?? 0)
  now += 3_600_000
  expect(await status()).toBe('completed')
})

test('a range of any part of the large file is that part', async () => {
  const large = named(await filesOf(0), 'line-items-full.csv')
  const whole = Buffer.from(await (await fetch(large.downloadUrl)).arrayBuffer())
  for (const [from, to] of [
    [0, 1],
    [63, 65],
    [262_100, 300_000],
    [999_900, 999_935],
  ] as const) {
    const part = await fetch(large.downloadUrl, { headers: { range: `bytes=${from}-${to - 1}` } })
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes ${from}-${to - 1}/${whole.length}`])
    expect(Buffer.from(await part.arrayBuffer()).equals(whole.subarray(from, to))).toBe(true)
  }
  const beyond = await fetch(large.downloadUrl, { headers: { range: 'bytes=1000000-' } })
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${whole.length}`])
})

test('If-Range with another version answers the whole file', async () => {
  const file = named(await filesOf(0), 'invoices.csv')
  const etag = (await fetch(file.downloadUrl, { method: 'HEAD' })).headers.get('etag') ?? ''
  const status = async (condition: string) =>
    (await fetch(file.downloadUrl, { headers: { range: 'bytes=1-', 'if-range': condition } })).status
  expect([await status(etag), await status('"another"')]).toEqual([206, 200])
})

test('HEAD tells all of the headers and sends no body', async () => {
  const file = named(await filesOf(0), 'invoices.csv')
  const answer = await fetch(file.downloadUrl, { method: 'HEAD' })
  expect(answer.headers.get('content-length')).toBe(String(file.fileSize))
  expect(answer.headers.get('last-modified')).toBe(new Date(file.updatedAt).toUTCString())
  expect(await answer.text()).toBe('')
})

test('a link that has expired, or was changed, answers 403 with XML', async () => {
  const { downloadUrl } = named(await filesOf(0), 'invoices.csv')
  const other = downloadUrl.replace(/(\/storage\/[^/]+\/)./, '$10')
  expect((await fetch(other)).status).toBe(403)
  now += 61_000
  const answer = await fetch(downloadUrl)
  expect(answer.status).toBe(403)
  expect(await answer.text()).toContain('<Code>AccessDenied</Code>')
})

test('executions are listed newest first, and page by page', async () => {
  const page = (await (await get('/executions?page=2&pageSize=2')).json()) as { items: { id: string }[]; total: number }
  expect([page.items.length, page.total]).toEqual([1, 3])
})
