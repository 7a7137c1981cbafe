import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createClient } from '../api/client.ts'
import { parseBase } from '../api/request-policy.ts'
import { temporaryFolder } from './folders.fixture.ts'
import { createMemorySource } from './memory-source.fixture.ts'
import { bytesOf, etagOf } from './origin.fixture.ts'
import { download, origin, patient, transfersFor } from './transfers.fixture.ts'

/** A server that lets go after so many bytes of each answer; without ranges it begins anew each time. */
async function cuttingAfter(body: Buffer, piece: () => number, { ranges = true } = {}) {
  const { url, requests } = await origin((request, response) => {
    const from = ranges ? Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0) : 0
    const size = { 'content-length': body.length - from }
    const part = from === 0 ? null : { 'content-range': `bytes ${from}-${body.length - 1}/${body.length}` }
    response.writeHead(part ? 206 : 200, { ...size, ...part, ...(ranges ? { etag: etagOf(body) } : {}) })
    const to = from + piece()
    // Once they are out, so that no byte of them is lost with the connection.
    response.write(body.subarray(from, to), () => setTimeout(() => response.destroy(), 5))
  })
  const client = createClient({ base: parseBase(url), key: null })
  const transfers = transfersFor(url, {
    clientFor: async () => client,
    limits: { ...patient, firstRetryMilliseconds: 1 },
  })
  const source = createMemorySource([{ path: 'a.png', size: body.length }], () => `${url}/a`)
  return { transfers, source, requests }
}

const kinds = ['files', 'archive'] as const
const targetOf = async (kind: (typeof kinds)[number]) =>
  path.join(await temporaryFolder(), kind === 'archive' ? 'run.zip' : 'run')

test.each(kinds)('of %s, one that comes byte by byte, each on a connection of its own, is given up', async (kind) => {
  const { transfers, source, requests } = await cuttingAfter(bytesOf(1, 300_000), () => 1)
  const { over } = await download(transfers, source, { kind, target: await targetOf(kind) })
  expect(await over).toMatchObject({ status: { state: 'failed' }, failures: [{ error: { cause: 'reset' } }] })
  expect(requests.length).toBe(8)
})

test.each(kinds)('of %s, one whose connection is cut again and again comes, if each brings its part', async (kind) => {
  const body = bytesOf(2, 300_000)
  const { transfers, source, requests } = await cuttingAfter(body, () => 20_000)
  const { over, target } = await download(transfers, source, { kind, target: await targetOf(kind) })
  expect(await over).toMatchObject({ status: { state: 'done' }, doneCount: 1 })
  expect(requests.length).toBeGreaterThanOrEqual(15)
  if (kind === 'files') expect((await readFile(path.join(target, 'a.png'))).equals(body)).toBe(true)
})

test.each(kinds)('of %s, one that begins anew each time and gets no further is given up', async (kind) => {
  const { transfers, source } = await cuttingAfter(bytesOf(3, 300_000), () => 150_000, { ranges: false })
  const { over } = await download(transfers, source, { kind, target: await targetOf(kind) })
  expect(await over).toMatchObject({ status: { state: 'failed' }, failures: [{ error: { cause: 'reset' } }] })
})
