import { afterEach, expect, test } from 'vitest'
import { maximumPictureBytes } from '../../shared/limits.ts'
import { readPicture } from './pictures.ts'
import { startRangeServer } from './range-server.fixture.ts'

const opened: { close: () => Promise<void> }[] = []
afterEach(async () => {
  for (const server of opened.splice(0)) await server.close()
})

const png = Buffer.from('\x89PNG\r\n\x1a\n followed by a picture', 'latin1')

/** Asks for what `debug/report.md` refers to, in a run with one file beside it. */
async function start(content: Uint8Array, name = 'chart.png') {
  const server = await startRangeServer({ content: () => content })
  opened.push(server)
  const file = server.file('/signed?secret=1', name)
  const asked: string[] = []
  const source = {
    fileAt: async (path: string) => {
      asked.push(path)
      return path === file.path ? file : null
    },
    relist: async () => [file],
  }
  const read = (reference: string) =>
    readPicture({ source, client: server.client, documentPath: 'debug/report.md', reference })
  return { server, asked, read }
}

test('a picture beside the document is read whole, as what its bytes are, and without its link', async () => {
  const { read } = await start(png, 'chart.jpg')
  const picture = await read('./chart.jpg')
  expect(picture?.mime).toBe('image/png')
  expect(Buffer.from(picture?.bytes ?? []).equals(png)).toBe(true)
  expect(Object.keys(picture ?? {})).toEqual(['mime', 'bytes'])
})

test('a file of the run that is not there is no picture', async () => {
  const { server, asked, read } = await start(png)
  expect(await read('images/other.png')).toBeNull()
  expect([asked, server.requests]).toEqual([['debug/images/other.png'], []])
})

test.each([
  'https://example.com/chart.png',
  '//example.com/chart.png',
  '/debug/chart.png',
  '../../chart.png',
  'file:///debug/chart.png',
])('for %s nobody is asked', async (reference) => {
  const { server, asked, read } = await start(png)
  expect(await read(reference)).toBeNull()
  expect([asked, server.requests]).toEqual([[], []])
})

test.each([
  ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'],
  ['a page', '<!doctype html><script>1</script>'],
  ['a program', 'MZ\x90\0\x03\0\0\0'],
  ['nothing', ''],
])('%s that is named like a picture is none', async (_, latin) => {
  const { read } = await start(Buffer.from(latin, 'latin1'))
  expect(await read('chart.png')).toBeNull()
})

test('what is too large is not fetched, and what grew too large is not shown in part', async () => {
  const large = new Uint8Array(maximumPictureBytes + 1)
  large.set(png)
  const { server, read } = await start(large)
  expect(await read('chart.png')).toBeNull()
  expect(server.requests).toEqual([])

  const grown = await startRangeServer({ content: () => large })
  opened.push(grown)
  const file = { ...grown.file('/grown', 'chart.png'), size: 100 }
  const source = { fileAt: async () => file, relist: async () => [file] }
  const options = { source, client: grown.client, documentPath: 'debug/report.md', reference: 'chart.png' }
  expect(await readPicture(options)).toBeNull()
})
