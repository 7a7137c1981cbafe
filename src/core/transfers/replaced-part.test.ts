import { readFile, rename, writeFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import path from 'node:path'
import { expect, test } from 'vitest'
import { filesBelow, temporaryFolder } from './folders.fixture.ts'
import { createMemorySource } from './memory-source.fixture.ts'
import { bytesOf, etagOf, sendBody } from './origin.fixture.ts'
import { download, origin, patient, transfersFor, until } from './transfers.fixture.ts'

const body = bytesOf(8, 600_000)
const begun = 300_000
const other = 'a file of the run that is called a.part'

/** Downloads one file; when half of it is there, a file of another download replaces its part file, as it has that name. */
async function replaceHalfWay(goOn: (first: ServerResponse) => void) {
  let first: ServerResponse | null = null
  const { url } = await origin((request, response) => {
    if (first) return sendBody(request, response, body)
    first = response
    response.writeHead(200, { 'content-length': body.length, etag: etagOf(body) }).write(body.subarray(0, begun))
  })
  const source = createMemorySource([{ path: 'a', size: body.length }], () => `${url}/a`)
  const transfers = transfersFor(url, { limits: patient, journalFolder: await temporaryFolder() })
  const { id, target, over } = await download(transfers, source)
  await until(transfers, id, ({ receivedBytes }) => receivedBytes === begun)
  await writeFile(path.join(target, 'landed'), other)
  await rename(path.join(target, 'landed'), path.join(target, 'a.part'))
  if (first) goOn(first)
  return { transfers, id, target, over }
}

test.each([
  ['goes on to its end', (first: ServerResponse) => first.end(body.subarray(begun))],
  ['is cut', (first: ServerResponse) => first.destroy()],
])(
  'a download whose part file was replaced, and that %s, starts again beside it, and takes nothing of it',
  async (_, goOn) => {
    const { target, over } = await replaceHalfWay(goOn)
    expect((await over).status.state).toBe('done')
    expect(await filesBelow(target)).toEqual(['a', 'a.part'])
    expect((await readFile(path.join(target, 'a'))).equals(body)).toBe(true)
    expect(await readFile(path.join(target, 'a.part'), 'utf8')).toBe(other)
  },
)

test('one that is cancelled then leaves what replaced its part file', async () => {
  const { transfers, id, target, over } = await replaceHalfWay(() => {})
  transfers.cancel(id)
  expect((await over).status.state).toBe('cancelled')
  expect(await readFile(path.join(target, 'a.part'), 'utf8')).toBe(other)
})

test('one that is paused then goes on without touching it', async () => {
  const { transfers, id, target, over } = await replaceHalfWay(() => {})
  transfers.pause(id)
  await until(transfers, id, ({ status }) => status.state === 'paused')
  await new Promise((resolve) => setTimeout(resolve, 200))
  transfers.resume(id)
  expect((await over).status.state).toBe('done')
  expect((await readFile(path.join(target, 'a'))).equals(body)).toBe(true)
  expect(await readFile(path.join(target, 'a.part'), 'utf8')).toBe(other)
})
