import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { filesBelow, temporaryFolder } from '../folders.fixture.ts'
import { bytesOf, etagOf } from '../origin.fixture.ts'

const mebi = 1024 * 1024
const body = bytesOf(3, 24 * mebi)
const etag = etagOf(body)
const downloader = fileURLToPath(new URL('./downloader.fixture.ts', import.meta.url))

/**
 * Sends what is asked for up to the next of some places in the file, then nothing more, or cuts; remembers every piece as
 * its first byte and the one after its last.
 */
async function serve(stops: readonly { readonly at: number; readonly how: 'silence' | 'cut' }[]) {
  const pieces: (readonly [number, number])[] = []
  const left = [...stops]
  function send(response: ServerResponse, from: number): void {
    const stop = left.shift()
    const to = stop?.at ?? body.length
    pieces.push([from, to])
    const length = { etag, 'content-length': body.length - from }
    if (from === 0) response.writeHead(200, length)
    else response.writeHead(206, { ...length, 'content-range': `bytes ${from}-${body.length - 1}/${body.length}` })
    const piece = body.subarray(from, to)
    if (!stop) response.end(piece)
    else if (stop.how === 'silence') response.write(piece)
    else response.write(piece, () => setTimeout(() => response.destroy(), 50))
  }
  const server = createServer((request, response) => {
    response.on('error', () => {})
    const file = { id: 'a', path: 'a', size: body.length, updatedAt: '2026-01-02T03:04:05Z', link: '/a' }
    const from = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1]
    if (request.url === '/list') response.end(JSON.stringify([file]))
    else send(response, request.headers['if-range'] === etag ? Number(from) : 0)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, pieces }
}

/** Downloads in a process of its own; kills it when it is time. */
function run(args: readonly string[], isTime: () => boolean): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [downloader, ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
    const timer = setInterval(() => isTime() && child.kill('SIGKILL'), 5)
    child.once('error', reject)
    child.once('close', (status) => {
      clearInterval(timer)
      resolve(status)
    })
  })
}

test('a large file that is cut twice and killed once comes with less than a mebibyte fetched twice', async () => {
  const { url, pieces } = await serve([
    { at: 7 * mebi + 1, how: 'cut' },
    { at: 13 * mebi, how: 'cut' },
    { at: 20 * mebi + 77, how: 'silence' },
  ])
  const [target, journals] = [await temporaryFolder(), await temporaryFolder()]
  const part = path.join(target, 'a.part')
  const isInJournal = () =>
    readdirSync(journals).some((name) => readFileSync(path.join(journals, name), 'utf8').includes('"held"'))
  const isTime = () => existsSync(part) && statSync(part).size > 19.5 * mebi && isInJournal()
  expect(await run([url, target, journals, 'start'], isTime)).toBe(null)
  const held = statSync(part).size
  expect(await run([url, target, journals, 'restore'], () => false)).toBe(0)
  expect(readFileSync(path.join(target, 'a')).equals(body)).toBe(true)
  expect([await filesBelow(target), await filesBelow(journals)]).toEqual([['a'], []])
  // A cut loses nothing at all; a kill only what had not left the process.
  const starts = pieces.map(([from]) => from)
  expect(starts).toEqual([0, 7 * mebi + 1, 13 * mebi, held])
  const sent = pieces.reduce((sum, [from, to]) => sum + to - from, 0)
  expect(sent - body.length).toBeLessThan(mebi)
})
