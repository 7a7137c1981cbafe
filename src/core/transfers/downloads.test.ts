import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { createClient } from '../api/client.ts'
import { keyHeader, parseBase } from '../api/request-policy.ts'
import { openRun } from '../runs/run.ts'
import { createDownloads } from './downloads.ts'

const executionId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301'
const endings: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  endings.push(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const file = (filePath: string, fileSize: number | null, downloadUrl: string) => ({
  id: filePath,
  filePath,
  fileName: filePath,
  fileSize,
  directory: 'workspace',
  downloadUrl,
})

async function download(base: string, key = 'secret') {
  const client = createClient({ base: parseBase(base), key })
  endings.push(() => client.close())
  const run = await openRun({ client, executionId, source: 'account' })
  const target = await mkdtemp(path.join(tmpdir(), 'asteroid-files-'))
  const downloads = createDownloads({ onChange: () => {} })
  const { generation } = run.describe()
  const id = downloads.start({ run, client, generation, nodes: [], target, title: 'all' })
  return { target, downloads, id, ended: downloads.whenEnded(id) }
}

const filesOn = async (target: string) =>
  (await readdir(target, { recursive: true, withFileTypes: true }))
    .filter((each) => each.isFile())
    .map((each) => each.name)

test('files arrive whole, under paths that never leave the target', async () => {
  const base = await serve((request, response) => {
    if (request.url?.endsWith('/files')) {
      const workspace = [file('a.txt', 5, '/a'), file('../../../b.txt', 5, '/b'), file('a.txt', null, '/c')]
      response.end(JSON.stringify({ directories: { workspace } }))
    } else response.end('hello')
  })
  const { target, ended } = await download(base)
  expect((await ended).state).toBe('done')
  expect((await readdir(target, { recursive: true })).sort()).toEqual([
    'workspace',
    'workspace/__',
    'workspace/__/__',
    'workspace/__/__/__',
    'workspace/__/__/__/b.txt',
    'workspace/a (2).txt',
    'workspace/a.txt',
  ])
  expect(await readFile(path.join(target, 'workspace/a.txt'), 'utf8')).toBe('hello')
})

test('a file of the wrong size is never kept, and an error page is not a file', async () => {
  const base = await serve((request, response) => {
    const workspace = [file('short', 10, '/x'), file('long', 2, '/x'), file('page', 4, '/403')]
    if (request.url?.endsWith('/files')) response.end(JSON.stringify({ directories: { workspace } }))
    else if (request.url === '/403') response.writeHead(403).end('<Error/>')
    else response.end('hello')
  })
  const { target, ended } = await download(base)
  expect(await ended).toMatchObject({ state: 'failed', failedCount: 3, doneCount: 0 })
  expect(await filesOn(target)).toEqual([])
})

test('the key goes to the API and never along a redirect to another origin', async () => {
  const seen: (string | string[] | undefined)[] = []
  const storage = await serve((request, response) => {
    seen.push(JSON.stringify([request.headers, request.url]))
    response.end('hello')
  })
  const base = await serve((request, response) => {
    expect(request.headers[keyHeader.toLowerCase()]).toBe('secret-key')
    if (request.url?.endsWith('/files')) {
      const workspace = [file('a', 5, `${storage}/direct`), file('b', 5, '/redirect')]
      response.end(JSON.stringify({ directories: { workspace } }))
    } else response.writeHead(302, { location: `${storage}/redirected` }).end()
  })
  const { ended } = await download(base, 'secret-key')
  expect((await ended).state).toBe('done')
  expect(seen.length).toBe(2)
  expect(seen.join()).not.toContain('secret-key')
})

test('an expired link is replaced by listing again', async () => {
  let listings = 0
  const base = await serve((request, response) => {
    if (request.url?.endsWith('/files')) {
      listings += 1
      const workspace = Array.from({ length: 20 }, (_, index) => file(`f${index}`, 5, `/link-${listings}`))
      response.end(JSON.stringify({ directories: { workspace } }))
    } else if (request.url === '/link-1') response.writeHead(403).end('expired')
    else response.end('hello')
  })
  const { target, ended } = await download(base)
  expect((await ended).doneCount).toBe(20)
  expect((await filesOn(target)).length).toBe(20)
})

test('cancelling leaves nothing behind', async () => {
  const base = await serve((request, response) => {
    if (request.url?.endsWith('/files'))
      response.end(JSON.stringify({ directories: { workspace: [file('slow', 1000, '/slow')] } }))
    else response.writeHead(200, { 'content-length': '1000' }).write('a first part')
  })
  const { target, downloads, id, ended } = await download(base)
  while (downloads.list()[0]?.receivedBytes === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  downloads.cancel(id)
  expect((await ended).state).toBe('cancelled')
  expect(await filesOn(target)).toEqual([])
})
