import { expect, test } from 'vitest'
import { Failure } from '../../failure.ts'
import { filesBelow } from '../folders.fixture.ts'
import { download, until } from '../transfers.fixture.ts'
import { archiveOfTwo } from './archive-of-two.fixture.ts'

/** An archive that lacked a file, and is being made anew: opening it is held up. */
async function madeAnew() {
  const lacking = new Set(['/b'])
  const run = await archiveOfTwo(lacking)
  const transfers = run.start()
  const { id, over } = await download(transfers, run.source, { target: run.target, kind: 'archive' })
  await over
  lacking.clear()
  const letOpen = run.hold()
  run.requests.length = 0
  transfers.retry(id)
  const state = () => transfers.list()[0]?.status.state
  return { ...run, transfers, id, letOpen, state }
}

test('an archive that is about to be made anew is paused at once, and makes nothing until it goes on', async () => {
  const { transfers, id, letOpen, state, folder, requests } = await madeAnew()
  transfers.pause(id)
  expect(state()).toBe('paused')
  letOpen()
  await until(transfers, id, ({ failedCount }) => failedCount === 0)
  expect(state()).toBe('paused')
  expect([await filesBelow(folder), requests]).toEqual([['run.zip'], []])
  transfers.resume(id)
  expect(await transfers.whenOver(id)).toMatchObject({ status: { state: 'done' }, doneCount: 2 })
  expect(await filesBelow(folder)).toEqual(['run.zip'])
})

test('paused while it is about to be made anew, and let go on before that, an archive is made', async () => {
  const { transfers, id, letOpen, state } = await madeAnew()
  transfers.pause(id)
  transfers.resume(id)
  expect(state()).toBe('queued')
  letOpen()
  expect(await transfers.whenOver(id)).toMatchObject({ status: { state: 'done' }, doneCount: 2 })
})

test('an archive that is paused before it is made anew stays so over a restart', async () => {
  const { transfers, id, letOpen, start, folder } = await madeAnew()
  transfers.pause(id)
  letOpen()
  await transfers.close()
  const later = start()
  await later.restore('running')
  expect(later.list()).toMatchObject([{ id, status: { state: 'paused' } }])
  later.resume(id)
  expect(await later.whenOver(id)).toMatchObject({ status: { state: 'done' }, doneCount: 2 })
  expect(await filesBelow(folder)).toEqual(['run.zip'])
})

test('an archive that is about to be made anew is cancelled at once, and leaves what there was', async () => {
  const { transfers, id, letOpen, state, folder, requests, journalFolder, start } = await madeAnew()
  transfers.cancel(id)
  expect(state()).toBe('cancelled')
  expect(transfers.list()[0]?.endedAt).not.toBe(null)
  letOpen()
  expect((await transfers.whenOver(id)).status.state).toBe('cancelled')
  expect([state(), await filesBelow(folder), requests]).toEqual(['cancelled', ['run.zip'], []])
  await transfers.close()
  expect(await filesBelow(journalFolder)).toEqual([])
  const later = start()
  await later.restore('running')
  expect(later.list()).toEqual([])
})

test('cancelled while it is about to be made anew, and tried again before that, an archive is made once', async () => {
  const { transfers, id, letOpen, requests, folder } = await madeAnew()
  transfers.cancel(id)
  transfers.retry(id)
  letOpen()
  expect(await transfers.whenOver(id)).toMatchObject({ status: { state: 'done' }, doneCount: 2 })
  expect(requests.length).toBe(2)
  expect(await filesBelow(folder)).toEqual(['run.zip'])
})

test('an archive that was cancelled while it could not be made anew either stays cancelled', async () => {
  const { transfers, id, letOpen, state, refuse } = await madeAnew()
  refuse(new Failure({ kind: 'key-missing', message: 'Sign in first.' }))
  transfers.cancel(id)
  transfers.retry(id)
  transfers.cancel(id)
  letOpen()
  expect((await transfers.whenOver(id)).status.state).toBe('cancelled')
  expect(state()).toBe('cancelled')
})

test('an archive that is cleared away while its making anew is being called off does not come back', async () => {
  const { transfers, id, letOpen, folder, journalFolder } = await madeAnew()
  transfers.cancel(id)
  transfers.clearDone()
  expect(transfers.list()).toEqual([])
  letOpen()
  await transfers.close()
  expect(transfers.list()).toEqual([])
  expect([await filesBelow(folder), await filesBelow(journalFolder)]).toEqual([['run.zip'], []])
})

test('an archive that is cancelled right before the app is quit is not made at the next start', async () => {
  const { transfers, id, letOpen, start, journalFolder } = await madeAnew()
  letOpen()
  await until(transfers, id, ({ status }) => status.state === 'running')
  transfers.cancel(id)
  await transfers.close()
  expect(await filesBelow(journalFolder)).toEqual([])
  const later = start()
  await later.restore('running')
  expect(later.list()).toEqual([])
})

/** An archive that is all written, and is being marked as from the internet. */
async function beingMarked(lacking: readonly string[] = []) {
  const run = await archiveOfTwo(new Set(lacking))
  const marking = Promise.withResolvers<void>()
  const marked = Promise.withResolvers<void>()
  const mark = () => {
    marking.resolve()
    return marked.promise
  }
  const transfers = run.start({ mark })
  const { id, over } = await download(transfers, run.source, { target: run.target, kind: 'archive' })
  await marking.promise
  return { ...run, transfers, id, over, letMark: marked.resolve }
}

test('an archive that is cancelled while it is being marked as from the internet is not kept', async () => {
  const { transfers, id, over, letMark, folder } = await beingMarked()
  transfers.cancel(id)
  letMark()
  expect((await over).status.state).toBe('cancelled')
  expect([transfers.placeOf(id), await filesBelow(folder)]).toEqual([null, []])
})

test('an archive that is all written when the app is quit is done, and not made again', async () => {
  const { transfers, over, letMark, folder, journalFolder } = await beingMarked()
  const closing = transfers.close()
  letMark()
  await closing
  expect((await over).status.state).toBe('done')
  expect([await filesBelow(folder), await filesBelow(journalFolder)]).toEqual([['run.zip'], []])
})

test('one that lacks a file is not made again by itself after that, either', async () => {
  const { transfers, id, over, letMark, folder, start, requests } = await beingMarked(['/b'])
  const closing = transfers.close()
  letMark()
  await closing
  expect((await over).status.state).toBe('failed')
  const asked = requests.length
  const later = start()
  await later.restore('running')
  expect(later.list()).toMatchObject([{ id, status: { state: 'paused' } }])
  expect([requests.length, await filesBelow(folder)]).toEqual([asked, ['run.zip']])
})
