import { mkdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { filesBelow, temporaryFolder } from './folders.fixture.ts'
import { createMemorySource } from './memory-source.fixture.ts'
import { sendBody } from './origin.fixture.ts'
import { download, hello, origin, patient, transfersFor, until } from './transfers.fixture.ts'

const conflictCases = [
  { policy: 'keep-both', size: 3, older: true, files: ['a (2).txt', 'a.txt'], skipped: 0 },
  { policy: 'replace', size: 3, older: true, files: ['a.txt'], skipped: 0 },
  { policy: 'skip', size: 3, older: true, files: ['a.txt'], skipped: 1 },
  { policy: 'replace-if-newer', size: 3, older: true, files: ['a.txt'], skipped: 0 },
  { policy: 'replace-if-newer', size: 3, older: false, files: ['a.txt'], skipped: 1 },
  { policy: 'skip-if-same', size: 3, older: true, files: ['a (2).txt', 'a.txt'], skipped: 0 },
  { policy: 'skip-if-same', size: 5, older: null, files: ['a.txt'], skipped: 1 },
] as const

test.each(conflictCases)(
  'a taken name with $policy, older: $older',
  async ({ policy, size, older, files, skipped }) => {
    const { url } = await origin((request, response) => sendBody(request, response, hello))
    const source = createMemorySource([{ path: 'a.txt', size: 5 }], () => `${url}/a`)
    const target = await temporaryFolder()
    const mine = path.join(target, 'a.txt')
    await writeFile(mine, 'x'.repeat(size))
    const time = new Date(older === null ? '2026-01-02T03:04:05Z' : older ? '2020-01-01' : '2030-01-01')
    await utimes(mine, time, time)
    const transfers = transfersFor(url)
    const { id, over } = await download(transfers, source, { target, conflicts: policy })
    expect(await over).toMatchObject({ status: { state: 'done' }, skippedCount: skipped })
    expect(await filesBelow(target)).toEqual(files)
    expect(transfers.files(id, 0, 1).transfers).toMatchObject([{ target: files[0], renamed: files.length === 2 }])
    const replaced = skipped === 0 && files.length === 1
    expect(await readFile(mine, 'utf8')).toBe(replaced ? 'hello' : 'x'.repeat(size))
  },
)

test('what to do about taken names is asked once for all', async () => {
  const { url } = await origin((request, response) => sendBody(request, response, hello))
  const names = Array.from({ length: 200 }, (_, index) => `f${index}`)
  const source = createMemorySource(
    names.map((name) => ({ path: name, size: 5 })),
    () => `${url}/a`,
  )
  const target = await temporaryFolder()
  for (const name of names) await writeFile(path.join(target, name), 'mine')
  const transfers = transfersFor(url)
  const { id, over } = await download(transfers, source, { target, conflicts: 'ask' })
  const asking = await until(transfers, id, ({ status }) => status.state === 'waiting' && status.reason === 'conflict')
  expect(asking.conflict).toMatchObject({ existingSize: 4, newSize: 5 })
  transfers.answerConflict(id, 'replace', false)
  transfers.answerConflict(id, 'skip', true)
  expect(await over).toMatchObject({ status: { state: 'done' }, doneCount: 200, skippedCount: 199, conflict: null })
})

test.each(['keep-both', 'replace'] as const)(
  'nobody is asked about files that are there as the run has them, also after the answer %s for all',
  async (policy) => {
    const { url, requests } = await origin((request, response) => sendBody(request, response, hello))
    // So many others first that the last of those that are the same are looked at after the answer.
    const names = Array.from({ length: 400 }, (_, index) => `f${index}`)
    const source = createMemorySource(
      names.map((name) => ({ path: name, size: 5 })),
      () => `${url}/a`,
    )
    const target = await temporaryFolder()
    const time = new Date('2026-01-02T03:04:05Z')
    for (const [index, name] of names.entries()) {
      await writeFile(path.join(target, name), 'HELLO')
      if (index >= 100) await utimes(path.join(target, name), time, time)
    }
    // A busy machine must not count as a silent server, which would be asked again.
    const transfers = transfersFor(url, { limits: patient })
    const { id, over } = await download(transfers, source, { target, conflicts: 'ask' })
    await until(transfers, id, ({ status }) => status.state === 'waiting' && status.reason === 'conflict')
    transfers.answerConflict(id, policy, true)
    expect(await over).toMatchObject({ doneCount: 400, skippedCount: 300, unchangedCount: 300, conflict: null })
    expect(requests).toHaveLength(100)
    const { transfers: files } = transfers.files(id, 0, 400)
    expect(files.find(({ path }) => path === 'f399')?.status).toEqual({ state: 'done', note: 'unchanged' })
    const beside = policy === 'keep-both' ? names.slice(0, 100).map((name) => `${name} (2)`) : []
    expect(await filesBelow(target)).toEqual([...names, ...beside].toSorted())
  },
)

test('nothing is written through a link that is in the way, nor over a folder', async () => {
  const { url } = await origin((request, response) => sendBody(request, response, hello))
  const source = createMemorySource([{ path: 'linked/a' }, { path: 'b' }, { path: 'c' }], () => `${url}/a`)
  const [target, elsewhere] = [await temporaryFolder(), await temporaryFolder()]
  await symlink(elsewhere, path.join(target, 'linked'))
  await symlink(path.join(elsewhere, 'b'), path.join(target, 'b.part'))
  await mkdir(path.join(target, 'c'))
  const { over } = await download(transfersFor(url), source, { target, conflicts: 'replace' })
  expect(await over).toMatchObject({ doneCount: 2, failedCount: 1, failures: [{ path: 'linked/a' }] })
  expect(await filesBelow(elsewhere)).toEqual([])
  expect(await filesBelow(target)).toEqual(['b', 'b.part', 'c (2)', 'linked'])
})
