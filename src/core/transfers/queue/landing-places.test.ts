import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { filesBelow, temporaryFolder } from '../folders.fixture.ts'
import { createMemorySource } from '../memory-source.fixture.ts'
import { sendBody } from '../origin.fixture.ts'
import { download, origin, pumpEntry, transfersFor } from '../transfers.fixture.ts'

const hello = Buffer.from('hello')

/** The entry of a thread that does as told in place of fetching. */
async function threadThat(code: string): Promise<{ readonly entry: URL; readonly folder: string }> {
  const folder = await temporaryFolder()
  const file = path.join(folder, 'thread.mjs')
  const news =
    'const news = (some) => parentPort.postMessage({ held: [], received: [], landed: [], ended: [], faults: [], ...some })'
  await writeFile(file, `import { parentPort } from 'node:worker_threads'\n${news}\n${code}`)
  return { entry: pathToFileURL(file), folder }
}

test('files whose bytes are there make place for others, up to a bound', async () => {
  const { entry, folder } = await threadThat(`
    import { writeFileSync } from 'node:fs'
    const jobs = []
    let ended = false
    const end = (job) => [job, { end: 'landed', place: '/there', state: null, received: 5 }]
    parentPort.on('message', (order) => {
      if (order.order !== 'fetch') return
      const some = order.jobs.map(({ job }) => job)
      jobs.push(...some)
      news({ received: some, ended: ended ? some.map(end) : [] })
      if (jobs.length === 144)
        setTimeout(() => {
          ended = true
          writeFileSync(new URL('count', import.meta.url), String(jobs.length))
          news({ ended: jobs.map(end) })
        }, 100)
    })`)
  const files = Array.from({ length: 300 }, (_, index) => ({ path: `${index}`, size: 5 }))
  const source = createMemorySource(files, () => 'http://127.0.0.1:1/never-asked')
  const { over } = await download(transfersFor('http://127.0.0.1:1', { pumpEntry: entry }), source)
  expect(await over).toMatchObject({ status: { state: 'done' }, doneCount: 300 })
  // Sixteen that fetch, and 128 that wait for the disk.
  expect(await readFile(path.join(folder, 'count'), 'utf8')).toBe('144')
})

test('a thread that ends while its files land loses none: each comes at the next try', async () => {
  const { url } = await origin((request, response) => sendBody(request, response, hello))
  const { entry } = await threadThat(`
    import { existsSync, writeFileSync } from 'node:fs'
    const died = new URL('died', import.meta.url)
    if (existsSync(died)) await import(${JSON.stringify(pumpEntry.href)})
    else {
      let count = 0
      parentPort.on('message', (order) => {
        if (order.order !== 'fetch') return
        count += order.jobs.length
        news({ received: order.jobs.map(({ job }) => job) })
        if (count < 40) return
        writeFileSync(died, '')
        setTimeout(() => {
          throw new Error('This thread was told to end.')
        })
      })
    }`)
  const files = Array.from({ length: 40 }, (_, index) => ({ path: `${index}`, size: 5 }))
  const source = createMemorySource(files, () => `${url}/x`)
  const { target, over } = await download(transfersFor(url, { pumpEntry: entry }), source)
  expect(await over).toMatchObject({ status: { state: 'done' }, doneCount: 40 })
  expect((await filesBelow(target)).length).toBe(40)
})

test('where every thread ends, files fail after a few tries, and can be tried again', async () => {
  const { url } = await origin((request, response) => sendBody(request, response, hello))
  const { entry, folder } = await threadThat(`
    import { appendFileSync, existsSync } from 'node:fs'
    if (existsSync(new URL('mended', import.meta.url))) await import(${JSON.stringify(pumpEntry.href)})
    else {
      appendFileSync(new URL('count', import.meta.url), '.')
      parentPort.on('message', ({ order }) => order === 'fetch' && process.exit(1))
    }`)
  const source = createMemorySource([{ path: 'a', size: 5 }], () => `${url}/x`)
  const limits = { connectMilliseconds: 2_000, stallMilliseconds: 2_000, firstRetryMilliseconds: 1 }
  const transfers = transfersFor(url, { pumpEntry: entry, limits })
  const { id, target, over } = await download(transfers, source)
  expect((await over).status).toMatchObject({ state: 'failed', error: { kind: 'unexpected' } })
  expect(await readFile(path.join(folder, 'count'), 'utf8')).toBe('...')
  await writeFile(path.join(folder, 'mended'), '')
  transfers.retry(id)
  expect((await transfers.whenOver(id)).status.state).toBe('done')
  expect(await filesBelow(target)).toEqual(['a'])
})
