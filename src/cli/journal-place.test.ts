import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { claimJournalPlace, type JournalPlace } from './journal-place.ts'
import { temporaryFolder } from './run-cli.fixture.ts'

async function claim(identity: readonly string[], environment: NodeJS.ProcessEnv): Promise<JournalPlace> {
  const place = await claimJournalPlace(identity, environment)
  if (place === null || place === 'taken') throw new Error('There is no place.')
  return place
}

test('the same download has the same place, another has another', async () => {
  const environment = { HOME: temporaryFolder() }
  const folders = []
  for (const identity of [
    ['a', 'b'],
    ['a', 'b'],
    ['a', 'c'],
  ]) {
    const place = await claim(identity, environment)
    folders.push(place.folder)
    await place.release(true)
  }
  expect(folders[0]).toBe(folders[1])
  expect(folders[0]).not.toBe(folders[2])
})

test('two processes never share a place, and one that was killed gives it up', async () => {
  const environment = { HOME: temporaryFolder() }
  const place = await claim(['a'], environment)
  expect(await claimJournalPlace(['a'], environment)).toBe('taken')
  // No process has the number 0, nor such a large one.
  await writeFile(path.join(place.folder, '../lock'), '4194999')
  const taken = await claim(['a'], environment)
  expect(taken.folder).toBe(place.folder)
  await taken.release(false)
  expect(existsSync(path.dirname(taken.folder))).toBe(false)
})

test('where nothing can be written, a download goes on without a place', async () => {
  const file = path.join(temporaryFolder(), 'file')
  await writeFile(file, '')
  expect(await claimJournalPlace(['a'], { HOME: file, XDG_STATE_HOME: file })).toBeNull()
})
