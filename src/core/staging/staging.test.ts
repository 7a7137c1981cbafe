import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { startStaging, wanted } from './staging.fixture.ts'

test('a drag gets paths only when all of it is on disk, whole and under its own name', async () => {
  const { staging } = await startStaging({ 'downloads/a.txt': 'hello', 'downloads/b.txt': 'world' })
  await staging.prefetch(wanted(1), false)
  expect(staging.takeReady(wanted(1, 2))).toBeNull()
  await staging.prefetch(wanted(1, 2), false)
  const paths = staging.takeReady(wanted(1, 2)) ?? []
  expect(paths.map((file) => [path.basename(file), readFileSync(file, 'utf8')])).toEqual([
    ['a.txt', 'hello'],
    ['b.txt', 'world'],
  ])
  expect(lstatSync(paths[0] ?? '').mtime.toISOString()).toBe('2026-01-02T03:04:05.000Z')
})

test('a folder is staged with all that is in it', async () => {
  const { staging } = await startStaging({ 'workspace/site/index.html': '<p>', 'workspace/site/css/a.css': 'p{}' })
  await staging.prefetch(wanted(0), false)
  const [folder = ''] = staging.takeReady(wanted(0)) ?? []
  expect(path.basename(folder)).toBe('site')
  expect(readFileSync(path.join(folder, 'css/a.css'), 'utf8')).toBe('p{}')
})

test('what is ready is not fetched again; a new version is', async () => {
  const { staging, requests, served, versions } = await startStaging({ 'downloads/a.txt': 'one' })
  await staging.prefetch(wanted(1), false)
  await staging.prefetch(wanted(1), false)
  expect(requests.length).toBe(1)
  served['downloads/a.txt'] = 'two'
  versions.updatedAt = '2026-01-03T00:00:00.000Z'
  await staging.prefetch(wanted(1), true)
  expect(readFileSync(staging.takeReady(wanted(1))?.[0] ?? '', 'utf8')).toBe('two')
})

test('too large to fetch ahead is told, not fetched; asked for, it is fetched', async () => {
  const { staging, requests, told } = await startStaging({ 'downloads/a.bin': 'x'.repeat(101) })
  await staging.prefetch(wanted(1), false)
  expect([requests.length, staging.takeReady(wanted(1))]).toEqual([0, null])
  await expect.poll(() => told.at(-1)?.status).toEqual({ state: 'too-large' })
  expect((await staging.stage(wanted(1))).length).toBe(1)
})

test('a folder of more files than a drag takes is told to be too large', async () => {
  const many = Object.fromEntries(Array.from({ length: 2_001 }, (_, index) => [`workspace/site/${index}`, '']))
  const { staging, told, requests } = await startStaging(many)
  await staging.prefetch(wanted(0), false)
  await expect.poll(() => told.at(-1)?.status).toEqual({ state: 'too-large' })
  expect(requests).toEqual([])
})

test('a selection past its limit is not fetched ahead, however small its files', async () => {
  const { staging, requests } = await startStaging({ a: 'x'.repeat(80), b: 'x'.repeat(80) })
  await staging.prefetch(wanted(1, 2), false)
  expect(requests).toEqual([])
})

test('another selection drops what waits and what runs, but not what was asked for', async () => {
  const { staging, requests, holdServer } = await startStaging({ a: 'A', b: 'B', c: 'C' })
  const release = holdServer()
  const first = staging.prefetch(wanted(1), false)
  await expect.poll(() => requests).toEqual(['a'])
  const asked = staging.stage(wanted(2))
  const second = staging.prefetch(wanted(3), false)
  await first
  release()
  await second
  expect((await asked).length).toBe(1)
  expect(staging.takeReady(wanted(1))).toBeNull()
  expect(staging.takeReady(wanted(3))?.length).toBe(1)
})

test('a folder that is dropped while it is being made ready is told to be so, and not left at its last percent', async () => {
  const { staging, requests, told, holdServer } = await startStaging({ a: 'A', 'workspace/site/b': 'B' })
  const release = holdServer()
  const first = staging.prefetch(wanted(0), false)
  await expect.poll(() => requests).toEqual(['workspace/site/b'])
  await expect.poll(() => told.at(-1)?.status.state).toBe('fetching')
  const second = staging.prefetch(wanted(1), false)
  await first
  release()
  await second
  await expect.poll(() => told.findLast(({ node }) => node === 0)?.status).toEqual({ state: 'dropped' })
})

test('a folder that is asked for again while it is being made ready is looked at and fetched once', async () => {
  const { staging, requests, looks, holdServer } = await startStaging({
    'workspace/site/a': 'A',
    'workspace/site/b': 'B',
  })
  const release = holdServer()
  const first = staging.prefetch(wanted(0), false)
  await expect.poll(() => requests.toSorted()).toEqual(['workspace/site/a', 'workspace/site/b'])
  const second = staging.prefetch(wanted(0), true)
  release()
  await Promise.all([first, second])
  expect([looks(), requests.length]).toEqual([1, 2])
  expect(staging.takeReady(wanted(0))?.length).toBe(1)
})

test('a folder whose files are others before it is ready is made ready as it is now, and not as it was', async () => {
  const { staging, requests, told, hide, holdServer } = await startStaging({
    'workspace/site/a': 'A',
    'workspace/site/b': 'B',
  })
  const release = holdServer()
  const first = staging.prefetch(wanted(0), false)
  await expect.poll(() => requests.toSorted()).toEqual(['workspace/site/a', 'workspace/site/b'])
  hide('workspace/site/a')
  const second = staging.prefetch(wanted(0), false)
  await first
  release()
  await second
  const [folder = ''] = staging.takeReady(wanted(0)) ?? []
  expect(readdirSync(folder)).toEqual(['b'])
  await expect.poll(() => told.at(-1)?.status).toEqual({ state: 'ready' })
  expect(told.map(({ status }) => status.state)).not.toContain('dropped')
})

test('what the person asked for before a filter comes as it was then, and the drag after it as it is now', async () => {
  const { staging, requests, hide, holdServer } = await startStaging({
    'workspace/site/a': 'A',
    'workspace/site/b': 'B',
  })
  const release = holdServer()
  const asked = staging.stage(wanted(0))
  await expect.poll(() => requests.toSorted()).toEqual(['workspace/site/a', 'workspace/site/b'])
  hide('workspace/site/a')
  const ahead = staging.prefetch(wanted(0), false)
  release()
  const [before = ''] = await asked
  await ahead
  const [now = ''] = staging.takeReady(wanted(0)) ?? []
  expect([readdirSync(before).toSorted(), readdirSync(now)]).toEqual([['a', 'b'], ['b']])
})

test('a file that came short is not kept and says why', async () => {
  const { staging, told, served, folder } = await startStaging({ 'downloads/a.txt': 'hello' })
  const whole = served['downloads/a.txt']
  Object.defineProperty(served, 'downloads/a.txt', { enumerable: true, get: short(whole ?? '') })
  await staging.prefetch(wanted(1), false)
  expect(staging.takeReady(wanted(1))).toBeNull()
  await expect.poll(() => told.at(-1)?.status).toMatchObject({ state: 'failed', error: { kind: 'wrong-size' } })
  expect(readdirSync(folder)).toEqual([])
})

/** The listing reads the whole text twice, the server then a shorter one. */
function short(whole: string): () => string {
  return () => (new Error().stack?.includes('Server') ? whole.slice(1) : whole)
}

test('what is ready stays so while it is looked for again, until a newer version is found', async () => {
  const { staging, versions } = await startStaging({ a: 'aaa' })
  await staging.prefetch(wanted(1), false)
  const again = staging.prefetch(wanted(1), true)
  expect(staging.takeReady(wanted(1))?.length).toBe(1)
  await again
  versions.updatedAt = '2026-01-03T00:00:00.000Z'
  const before = staging.takeReady(wanted(1))
  await staging.prefetch(wanted(1), true)
  expect(staging.takeReady(wanted(1))).not.toEqual(before)
})
