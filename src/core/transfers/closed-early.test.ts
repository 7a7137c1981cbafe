import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { filesBelow, temporaryFolder } from './folders.fixture.ts'
import { createMemorySource } from './memory-source.fixture.ts'
import { sendBody } from './origin.fixture.ts'
import { download, hello, origin, transfersFor, until } from './transfers.fixture.ts'

/** The entry of a thread for which every file that is stopped had just come. */
async function threadThatLands(): Promise<URL> {
  const file = path.join(await temporaryFolder(), 'thread.mjs')
  await writeFile(
    file,
    `import { parentPort } from 'node:worker_threads'
     const end = { end: 'landed', place: '/there', state: null, received: 5 }
     parentPort.on('message', ({ order, job }) => {
       if (order === 'stop') parentPort.postMessage({ held: [], received: [], landed: [], ended: [[job, end]], faults: [] })
     })`,
  )
  return pathToFileURL(file)
}

test('a download that is closed while its further files are awaited goes on with them at the next start', async () => {
  const { url } = await origin((request, response) => sendBody(request, response, hello))
  const files = Array.from({ length: 300 }, (_, index) => ({ path: `${index}`, size: 5 }))
  const whole = createMemorySource(files, () => `${url}/x`)
  /** Few, and then none for as long as the test runs. */
  async function* stalled() {
    for await (const some of whole.files({ what: 'all' })) {
      yield some.slice(0, 8)
      await new Promise(() => {})
    }
  }
  const walks = [stalled()]
  // The journal's plan, which is asked for after the walk, has them all.
  const slow = { ...whole, files: () => walks.pop() ?? whole.files({ what: 'all' }) }
  const journalFolder = await temporaryFolder()
  const first = transfersFor(url, { journalFolder, pumpEntry: await threadThatLands() })
  const { id, target } = await download(first, slow)
  const areUnderWay = () => first.files(id, 0, 20).transfers.filter(({ status }) => status.state === 'running').length
  await until(first, id, () => areUnderWay() === 8)
  await first.close()

  const sourceFor = async () => ({ ...whole, close: async () => {} })
  const second = transfersFor(url, { journalFolder, sourceFor })
  await second.restore('running')
  expect(second.list()).toMatchObject([{ id, fileCount: 300, doneCount: 8 }])
  expect(await second.whenOver(id)).toMatchObject({ status: { state: 'done' }, doneCount: 300 })
  expect((await filesBelow(target)).length).toBe(292)
})
