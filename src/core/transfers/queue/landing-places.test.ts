import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { filesBelow, temporaryFolder } from '../folders.fixture.ts'
import { createMemorySource } from '../memory-source.fixture.ts'
import { sendBody } from '../origin.fixture.ts'
import { download, origin, pumpEntry, transfersFor, until } from '../transfers.fixture.ts'

const hello = Buffer.from('hello')

/** The entry of a thread that does as told in place of fetching. */
async function threadThat(code: string): Promise<{ readonly entry: URL; readonly folder: string }> {
  const folder = await temporaryFolder()
  const file = path.join(folder, 'thread.mjs')
  const news =
    'const news = (some) => parentPort.postMessage({ held: [], received: [], ended: [], faults: [], ...some })'
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

test('a thread that ends while its files land loses none: each fails once, and comes when it is tried again', async () => {
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
  const transfers = transfersFor(url, { pumpEntry: entry })
  const { id, target, over } = await download(transfers, source)
  expect(await over).toMatchObject({ status: { state: 'failed' }, failedCount: 40, doneCount: 0, receivedBytes: 0 })
  transfers.retry(id)
  expect(await until(transfers, id, ({ status }) => status.state === 'done')).toMatchObject({ doneCount: 40 })
  expect((await filesBelow(target)).length).toBe(40)
})
