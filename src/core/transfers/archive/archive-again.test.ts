import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { Failure } from '../../failure.ts'
import { filesBelow } from '../folders.fixture.ts'
import { download } from '../transfers.fixture.ts'
import { archiveOfTwo } from './archive-of-two.fixture.ts'

const keyMissing = new Failure({ kind: 'key-missing', message: 'Sign in first.' })

test.each(['keep-both', 'replace'] as const)(
  'tried again, an archive takes the place of the one that lacked a file (%s)',
  async (conflicts) => {
    const lacking = new Set(['/b'])
    const { source, start, folder, target } = await archiveOfTwo(lacking)
    const transfers = start()
    const { id, over } = await download(transfers, source, { target, kind: 'archive', conflicts })
    expect(await over).toMatchObject({ status: { state: 'failed' }, doneCount: 1 })
    const before = await readFile(target)
    lacking.clear()
    transfers.retry(id)
    expect(await transfers.whenOver(id)).toMatchObject({ status: { state: 'done' }, doneCount: 2 })
    expect(transfers.placeOf(id)).toBe(target)
    expect(await filesBelow(folder)).toEqual(['run.zip'])
    expect((await readFile(target)).length).toBeGreaterThan(before.length)
  },
)

test('an archive that lacked a file is replaced also after a restart, and beside a file of the same name', async () => {
  const lacking = new Set(['/b'])
  const { source, start, folder, target, journalFolder } = await archiveOfTwo(lacking)
  await writeFile(target, 'mine')
  const first = start()
  const { id, over } = await download(first, source, { target, kind: 'archive' })
  await over
  expect(await filesBelow(folder)).toEqual(['run (2).zip', 'run.zip'])
  await first.close()
  lacking.clear()
  const second = start()
  await second.restore('running')
  second.resume(id)
  expect(await second.whenOver(id)).toMatchObject({ status: { state: 'done' }, doneCount: 2 })
  expect(second.placeOf(id)).toBe(path.join(folder, 'run (2).zip'))
  expect(await filesBelow(folder)).toEqual(['run (2).zip', 'run.zip'])
  expect(await readFile(target, 'utf8')).toBe('mine')
  expect(await filesBelow(journalFolder)).toEqual([])
})

test.each(['keep-both', 'replace'] as const)(
  'what someone put in the place of an archive meanwhile is left there (%s)',
  async (conflicts) => {
    const lacking = new Set(['/b'])
    const { source, start, folder, target } = await archiveOfTwo(lacking)
    const transfers = start()
    const { id, over } = await download(transfers, source, { target, kind: 'archive', conflicts })
    await over
    await writeFile(target, 'mine')
    lacking.clear()
    transfers.retry(id)
    await transfers.whenOver(id)
    expect(transfers.placeOf(id)).toBe(path.join(folder, 'run (2).zip'))
    expect(await readFile(target, 'utf8')).toBe('mine')
  },
)

test('an archive that was moved away is made anew under the name that was chosen', async () => {
  const lacking = new Set(['/b'])
  const { source, start, folder, target } = await archiveOfTwo(lacking)
  const transfers = start()
  const { id, over } = await download(transfers, source, { target, kind: 'archive' })
  await over
  await rm(target)
  lacking.clear()
  transfers.retry(id)
  await transfers.whenOver(id)
  expect(await filesBelow(folder)).toEqual(['run.zip'])
})

test('an archive with nothing in it, since every file failed, is not kept', async () => {
  const { source, start, folder, target } = await archiveOfTwo(new Set(['/a', '/b']))
  const transfers = start()
  const { id, over } = await download(transfers, source, { target, kind: 'archive' })
  expect(await over).toMatchObject({ status: { state: 'failed' }, failedCount: 2 })
  expect(transfers.placeOf(id)).toBe(null)
  expect(await filesBelow(folder)).toEqual([])
})

test('an archive that can’t be made anew says why, and can be tried again, also after a restart', async () => {
  const lacking = new Set(['/b'])
  const { source, start, refuse, target, folder } = await archiveOfTwo(lacking)
  const first = start()
  const { id, over } = await download(first, source, { target, kind: 'archive' })
  expect((await over).status).toMatchObject({ error: { kind: 'server-error' } })
  refuse(keyMissing)
  first.retry(id)
  expect(await first.whenOver(id)).toMatchObject({ status: { state: 'failed', error: keyMissing.error } })
  await first.close()

  refuse(null)
  const second = start()
  await second.restore('running')
  second.resume(id)
  expect((await second.whenOver(id)).status).toMatchObject({ error: { kind: 'server-error' } })
  refuse(keyMissing)
  second.retry(id)
  expect(await second.whenOver(id)).toMatchObject({ status: { state: 'failed', error: keyMissing.error } })
  refuse(null)
  lacking.clear()
  second.retry(id)
  expect(await second.whenOver(id)).toMatchObject({ status: { state: 'done' }, doneCount: 2 })
  expect(await filesBelow(folder)).toEqual(['run.zip'])
})

test('an archive whose folder can’t be made any more says so, and leaves what is in the way', async () => {
  const lacking = new Set(['/b'])
  const { source, start, folder } = await archiveOfTwo(lacking)
  const transfers = start({ journalFolder: null })
  const target = path.join(folder, 'below', 'run.zip')
  const { id, over } = await download(transfers, source, { target, kind: 'archive' })
  await over
  await rm(path.dirname(target), { recursive: true })
  await writeFile(path.dirname(target), 'mine')
  transfers.retry(id)
  expect((await transfers.whenOver(id)).status).toMatchObject({ state: 'failed', error: { kind: 'disk' } })
  expect(await readFile(path.dirname(target), 'utf8')).toBe('mine')
})

test('while an archive is made anew it waits for its turn, and quitting then leaves nothing behind', async () => {
  const lacking = new Set(['/b'])
  const { source, start, folder, target } = await archiveOfTwo(lacking)
  const transfers = start()
  const { id, over } = await download(transfers, source, { target, kind: 'archive' })
  await over
  transfers.retry(id)
  // Another press changes nothing.
  transfers.retry(id)
  transfers.clearDone()
  expect(transfers.list()).toMatchObject([{ id, status: { state: 'queued' }, endedAt: null }])
  await transfers.close()
  expect(await filesBelow(folder)).toEqual(['run.zip'])
  lacking.clear()
  const second = start()
  await second.restore('running')
  expect(await second.whenOver(id)).toMatchObject({ status: { state: 'done' }, doneCount: 2 })
  expect(await filesBelow(folder)).toEqual(['run.zip'])
})
