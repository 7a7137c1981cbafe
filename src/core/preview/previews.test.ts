import { afterEach, expect, test } from 'vitest'
import { Failure } from '../failure.ts'
import { createPreviews } from './previews.ts'
import { startRangeServer } from './range-server.fixture.ts'

const opened: { close: () => Promise<void> }[] = []
afterEach(async () => {
  for (const server of opened.splice(0)) await server.close()
})

async function start(content: Uint8Array, name: string, options: { ranges?: boolean; mimeType?: string } = {}) {
  const server = await startRangeServer({ content: () => content, ranges: options.ranges ?? true })
  opened.push(server)
  const file = { ...server.file('/signed?secret=1', name), mimeType: options.mimeType ?? null }
  const source = {
    file: async (node: number) => (node === 1 ? file : null),
    fileAt: async () => null,
    relist: async () => [file],
  }
  return { server, previews: createPreviews({ listingOf: async () => ({ source, client: server.client }) }) }
}
const address = { listing: 1, node: 1 }
const ask = (path: string, headers: Record<string, string> = {}) => new Request(`app://bundle/${path}`, { headers })
const png = new Uint8Array(Buffer.from('\x89PNG\r\n\x1a\n followed by a picture', 'latin1'))

test('opens a small file whole', async () => {
  const { previews } = await start(new Uint8Array(Buffer.from('# Title')), 'read-me.md')
  expect(await previews.open(address)).toMatchObject({
    kind: 'markdown',
    encoding: 'utf-8',
    size: 7,
    complete: true,
    canRange: true,
  })
})

test('of a large log it fetches the first part alone, and later the end', async () => {
  const log = new Uint8Array(30 * 1024 * 1024).fill(0x61)
  log.set(Buffer.from('last line'), log.length - 9)
  const { server, previews } = await start(log, 'run.log')
  const head = await previews.open(address)
  expect(head).toMatchObject({ kind: 'log', size: log.length, complete: false })
  const end = await previews.read(address, log.length - 9, 100)
  expect(Buffer.from(end.bytes).toString()).toBe('last line')
  expect(server.sent()).toBe(head.firstBytes.length + 9)
})

test('a file that is gone is a failure in words', async () => {
  const { previews } = await start(png, 'a.png')
  await expect(previews.open({ listing: 1, node: 2 })).rejects.toBeInstanceOf(Failure)
})

test('a later opening cancels the one under way', async () => {
  const { previews } = await start(new Uint8Array(64 * 1024 * 1024), 'a.bin')
  const first = previews.open(address)
  const second = previews.open(address)
  await expect(first).rejects.toMatchObject({ error: { kind: 'cancelled' } })
  expect((await second).kind).toBe('binary')
})

test('content is handed out by range, inert, under its found type, and without its link', async () => {
  const { previews } = await start(png, 'a.txt')
  const { content } = await previews.open(address)
  const response = await previews.answer(ask(content, { range: 'bytes=1-3' }))
  expect(response.status).toBe(206)
  expect(await response.text()).toBe('PNG')
  expect(response.headers.get('content-range')).toBe(`bytes 1-3/${png.length}`)
  expect(response.headers.get('content-type')).toBe('image/png')
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  expect(response.headers.get('content-security-policy')).toContain("sandbox; default-src 'none'")
  expect(JSON.stringify([content, ...response.headers])).not.toMatch(/secret|127\.0\.0\.1/)
})

test('the end of a file can be asked for', async () => {
  const { previews } = await start(png, 'a.png')
  const { content } = await previews.open(address)
  expect(await (await previews.answer(ask(content, { range: 'bytes=-7' }))).text()).toBe('picture')
  expect((await previews.answer(ask(content, { range: 'bytes=9999-' }))).status).toBe(416)
})

test('a server without Range gives the whole, and is told so', async () => {
  const { previews } = await start(png, 'a.png', { ranges: false })
  const { content, canRange } = await previews.open(address)
  const response = await previews.answer(ask(content, { range: 'bytes=1-3' }))
  expect([canRange, response.status, (await response.arrayBuffer()).byteLength]).toEqual([false, 200, png.length])
})

test('a page of HTML or a script is never handed out as one', async () => {
  const { previews } = await start(new Uint8Array(Buffer.from('<!doctype html><script>1</script>')), 'a.html', {
    mimeType: 'text/html',
  })
  const { content } = await previews.open(address)
  const response = await previews.answer(ask(content))
  expect(response.headers.get('content-type')).toBe('application/octet-stream')
})

test('a page for a frame may style itself and nothing else', async () => {
  const { previews } = await start(png, 'a.png')
  const response = await previews.answer(ask(previews.addPage('<p>hello')))
  expect(await response.text()).toBe('<p>hello')
  expect(response.headers.get('content-security-policy')).toBe(
    "sandbox; default-src 'none'; form-action 'none'; base-uri 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:",
  )
  // Looking a name up would tell its server that the page was looked at.
  expect(response.headers.get('x-dns-prefetch-control')).toBe('off')
})

test('an address that was not given out leads nowhere', async () => {
  const { previews } = await start(png, 'a.png')
  for (const path of ['content/', 'content/0123', 'content/../a.png', '__proto__'])
    expect((await previews.answer(ask(path))).status).toBe(404)
  const given = [previews.addPage('one'), previews.addPage('two')]
  expect(new Set(given).size).toBe(2)
  for (const each of given) expect(each).toMatch(/^content\/[0-9a-f]{32}$/)
})
