import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import type { Connected } from './connect.ts'
import { listFiles } from './list-files.ts'
import { createOutput } from './output.ts'
import { jsonLine } from './printable.ts'

const evil = '\x1b]0;title\x07\x9b31m\rover\nnext\x7f'
const commands = /[^\P{Cc}\n]/u

function capture() {
  const streams = { out: new PassThrough(), err: new PassThrough() }
  const output = createOutput(streams.out as never, streams.err as never)
  const read = async () => {
    await output.flush()
    return [streams.out, streams.err].map((stream) => String(stream.read() ?? ''))
  }
  return { output, read }
}

test('nothing that a terminal would obey is printed, wherever it comes from', async () => {
  const { output, read } = capture()
  await output.result(evil)
  output.say(evil)
  const [out = '', err = ''] = await read()
  expect(out).not.toMatch(commands)
  expect(err).not.toMatch(commands)
  expect(err).toContain('31m')
})

test('JSON keeps every character, escaped', () => {
  expect(jsonLine({ path: evil })).not.toMatch(/\p{Cc}/u)
  expect(JSON.parse(jsonLine({ path: evil }))).toEqual({ path: evil })
})

test.each([false, true])(
  'a directory and a path full of commands list as one harmless line each (JSON: %j)',
  async (json) => {
    const file = {
      id: '1',
      filePath: evil,
      fileName: evil,
      fileSize: 1,
      downloadUrl: 'https://a.example/',
      updatedAt: evil,
    }
    const listing = Buffer.from(JSON.stringify({ directories: { [evil]: [file] } }))
    const body = (async function* () {
      yield listing
    })()
    const connected = { client: { openListing: async () => ({ body }) } } as unknown as Connected
    const { output, read } = capture()
    const signal = new AbortController().signal
    await listFiles({ connected, executionId: 'x', paths: [], unsorted: false, json, output, signal })
    const [out = '', err = ''] = await read()
    expect(out).toContain('title')
    expect(out.split('\n')).toHaveLength(2)
    expect(out + err).not.toMatch(commands)
  },
)
