import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startStaging, temporaryFolder, wanted } from './staging.fixture.ts'

test('a copy that the drop moved away, or that someone changed, is not ready any more', async () => {
  const { staging, parent } = await startStaging({ a: 'aaa', b: 'bbb' })
  await staging.prefetch(wanted(1, 2), false)
  const [a = '', b = ''] = staging.takeReady(wanted(1, 2)) ?? []
  renameSync(a, path.join(parent, 'moved'))
  writeFileSync(b, 'evil')
  expect([staging.takeReady(wanted(1)), staging.takeReady(wanted(2))]).toEqual([null, null])
  await staging.prefetch(wanted(1, 2), false)
  expect(staging.takeReady(wanted(1, 2))?.map((file) => readFileSync(file, 'utf8'))).toEqual(['aaa', 'bbb'])
})

test('a copy whose time the disk refuses is handed out all the same', async () => {
  const { staging, parent } = await startStaging({ a: 'aaa' })
  const handle = await open(path.join(parent, 'other'), 'w')
  const refusal = Object.assign(new Error('EINVAL: invalid argument, futime'), { code: 'EINVAL' })
  const utimes = vi.spyOn(Object.getPrototypeOf(handle), 'utimes').mockRejectedValue(refusal)
  onTestFinished(() => utimes.mockRestore())
  await handle.close()
  const [a = ''] = await staging.stage(wanted(1))
  expect(readFileSync(a, 'utf8')).toBe('aaa')
  expect(utimes).toHaveBeenCalled()
})

test('a copy that was replaced by a link is not handed out', async () => {
  const { staging, parent } = await startStaging({ a: 'aaa' })
  await staging.prefetch(wanted(1), false)
  const [a = ''] = staging.takeReady(wanted(1)) ?? []
  writeFileSync(path.join(parent, 'secret'), 'aaa')
  rmSync(a)
  symlinkSync(path.join(parent, 'secret'), a)
  expect(staging.takeReady(wanted(1))).toBeNull()
})

test.each(['../../evil', '..', 'con.txt', 'a\0b', '.part', `${'n'.repeat(400)}.txt`, 'x/../../../evil'])(
  'the name %j stays within its own folder',
  async (name) => {
    const { staging, folder, parent } = await startStaging({ [`downloads/${name}`]: 'content' })
    const [place = ''] = await staging.stage(wanted(1))
    expect(path.dirname(path.dirname(place))).toBe(folder)
    expect(lstatSync(place).isFile()).toBe(true)
    expect(readdirSync(parent)).toEqual(['staging'])
  },
)

test('the folder is for this person alone, and a link in its place is refused', async () => {
  const { staging, folder, parent } = await startStaging({ a: 'aaa' })
  mkdirSync(folder)
  chmodSync(folder, 0o777)
  await staging.stage(wanted(1))
  expect(lstatSync(folder).mode & 0o777).toBe(0o700)

  const other = await startStaging({ a: 'aaa' })
  mkdirSync(path.join(parent, 'elsewhere'))
  symlinkSync(path.join(parent, 'elsewhere'), other.folder)
  await expect(other.staging.stage(wanted(1))).rejects.toMatchObject({ error: { kind: 'disk' } })
  expect(readdirSync(path.join(parent, 'elsewhere'))).toEqual([])
})

test('the oldest copies make room, but never one that was handed out within the hour', async () => {
  let time = 1_000_000_000_000
  const contents = { a: 'a'.repeat(80), b: 'b'.repeat(80), c: 'c'.repeat(80) }
  const { staging } = await startStaging(contents, { limit: 200, now: () => time })
  await staging.prefetch(wanted(1), false)
  staging.takeReady(wanted(1))
  time += 1
  await staging.prefetch(wanted(2), false)
  time += 1
  await staging.prefetch(wanted(3), false)
  expect([1, 2, 3].map((node) => staging.takeReady(wanted(node)) !== null)).toEqual([true, false, true])
  await expect(staging.stage(wanted(2))).rejects.toMatchObject({ error: { kind: 'too-large' } })
  time += 2 * 60 * 60 * 1_000
  expect((await staging.stage(wanted(2))).length).toBe(1)
})

test('the sweep at the start removes what is left, but for what was handed out within the hour', async () => {
  const { staging, folder, parent } = await startStaging({})
  mkdirSync(path.join(folder, 'left'), { recursive: true })
  mkdirSync(path.join(folder, 'held'))
  writeFileSync(path.join(parent, 'precious'), 'keep me')
  symlinkSync(parent, path.join(folder, 'link'))
  utimesSync(path.join(folder, 'left'), 0, 0)
  await staging.sweep()
  expect(readdirSync(folder)).toEqual(['held', 'link'])
  expect(readFileSync(path.join(parent, 'precious'), 'utf8')).toBe('keep me')
})

test('a finished download of the same version is handed out where it is', async () => {
  const downloads = temporaryFolder('downloads-')
  const place = path.join(downloads, 'a')
  writeFileSync(place, 'aaa')
  const { staging, requests } = await startStaging({ a: 'aaa' }, { finishedCopy: async () => place })
  await staging.prefetch(wanted(1), false)
  expect([staging.takeReady(wanted(1)), requests]).toEqual([[place], []])
  rmSync(place)
  expect(staging.takeReady(wanted(1))).toBeNull()
})

test('a folder that was downloaded is handed out where it is, however large', async () => {
  const downloads = temporaryFolder('downloads-')
  const contents = { 'workspace/site/a.bin': 'a'.repeat(200) }
  const asked: unknown[] = []
  const { staging, requests } = await startStaging(contents, {
    finishedFolder: async (_, files, depth) => {
      asked.push(files.map(({ segments }) => segments.slice(depth)))
      return downloads
    },
  })
  await staging.prefetch(wanted(0), false)
  expect([staging.takeReady(wanted(0)), requests, asked]).toEqual([[downloads], [], [[['a.bin']]]])
})

test('a folder whose download ended while it was found too large is looked at again, and handed out', async () => {
  const downloads = temporaryFolder('downloads-')
  const contents = { 'workspace/site/a.bin': 'a'.repeat(200) }
  const answers: ((place: string | null) => void)[] = []
  const { staging } = await startStaging(contents, {
    finishedFolder: () => new Promise((resolve) => answers.push(resolve)),
  })
  const before = staging.prefetch(wanted(0), false)
  await expect.poll(() => answers.length).toBe(1)
  const after = staging.prefetch(wanted(0), false)
  await new Promise((resolve) => setImmediate(resolve))
  answers[0]?.(null)
  await expect.poll(() => answers.length).toBe(2)
  answers[1]?.(downloads)
  await Promise.all([before, after])
  expect(staging.takeReady(wanted(0))).toEqual([downloads])
})

test('a copy is marked as from the internet before it has its name, and is ready all the same', async () => {
  const marked: string[] = []
  const { staging } = await startStaging({ a: 'aaa' }, { mark: async (files) => void marked.push(...files) })
  await staging.prefetch(wanted(1), false)
  const [place = ''] = staging.takeReady(wanted(1)) ?? []
  expect(marked).toEqual([`${place}.part`])
})

test('where one file of a folder fails, nothing writes any more when the folder is removed', async () => {
  const contents = Object.fromEntries([0, 1, 2, 3, 4, 5, 6, 7].map((name) => [`workspace/site/${name}`, 'a']))
  let writing = 0
  const { staging, folder } = await startStaging(contents, {
    async mark() {
      writing += 1
      if (writing === 1) throw new Error('This one fails.')
      await new Promise((resolve) => setTimeout(resolve, 50))
      writing -= 1
    },
  })
  await expect(staging.stage(wanted(0))).rejects.toThrow()
  // The one that failed is counted still, and no other.
  expect(writing).toBe(1)
  expect(readdirSync(folder)).toEqual([])
})

test('a copy to open is read-only, and one that is dropped afterwards is not', async () => {
  const { staging } = await startStaging({ a: 'aaa' })
  const place = await staging.stageToOpen({ listing: 1, node: 1 })
  expect(lstatSync(place).mode & 0o777).toBe(0o400)
  expect(staging.takeReady(wanted(1))).toEqual([place])
  expect(lstatSync(place).mode & 0o777).toBe(0o600)
})
