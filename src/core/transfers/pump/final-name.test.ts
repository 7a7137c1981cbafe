import { readFile, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { filesBelow, temporaryFolder } from '../folders.fixture.ts'
import { checkName, giveName } from './final-name.ts'

const updatedAt = Date.parse('2026-03-03T03:03:03Z')

async function put(file: string, text: string, time = updatedAt): Promise<string> {
  await writeFile(file, text)
  await utimes(file, new Date(time), new Date(time))
  return file
}

test('the same version that came there meanwhile is left there, and ours is dropped', async () => {
  const folder = await temporaryFolder()
  const wanted = await put(path.join(folder, 'a'), 'same')
  const part = await put(path.join(folder, 'a.part'), 'same')
  expect(giveName(part, wanted, { rule: 'skip-if-same' })).toEqual({ place: wanted })
  expect(await filesBelow(folder)).toEqual(['a'])
})

test('another version that came there meanwhile is kept beside ours', async () => {
  const folder = await temporaryFolder()
  const wanted = await put(path.join(folder, 'a'), 'older', updatedAt - 60_000)
  const part = await put(path.join(folder, 'a.part'), 'newer')
  expect(giveName(part, wanted, { rule: 'skip-if-same' })).toEqual({ place: path.join(folder, 'a (2)') })
  expect(await readFile(wanted, 'utf8')).toBe('older')
})

test.each([
  [null, updatedAt, 'unchanged'],
  [4, updatedAt, 'unchanged'],
  [5, updatedAt, 'fetch'],
  [null, updatedAt + 60_000, 'fetch'],
  [null, null, 'fetch'],
])('with size %j and time %j, a file of 4 bytes there means %s', async (size, time, answer) => {
  const wanted = await put(path.join(await temporaryFolder(), 'a'), 'same')
  const rule = { rule: 'skip-if-same' } as const
  expect(checkName({ wanted, rule, size, updatedAt: time, unheard: null })).toMatchObject({ answer })
})

test('the same version under a numbered name is recognised, before it is fetched and after', async () => {
  const folder = await temporaryFolder()
  const wanted = await put(path.join(folder, 'a.csv'), 'my own words')
  await put(path.join(folder, 'a (2).csv'), 'older', updatedAt - 60_000)
  const third = await put(path.join(folder, 'a (3).csv'), 'same')
  const rule = { rule: 'skip-if-same' } as const
  const check = (size: number) => checkName({ wanted, rule, size, updatedAt, unheard: null })
  expect(check(4)).toEqual({ answer: 'unchanged', adopted: null, place: third })
  expect(check(5)).toMatchObject({ answer: 'fetch' })
  const part = await put(path.join(folder, 'a.part'), 'same')
  expect(giveName(part, wanted, rule)).toEqual({ place: third })
  expect((await filesBelow(folder)).toSorted()).toEqual(['a (2).csv', 'a (3).csv', 'a.csv'])
})

test.each([
  [{ rule: 'ask' }, 'ask'],
  [{ rule: 'keep-both', keepsSame: true }, 'fetch'],
  [{ rule: 'replace', keepsSame: true }, 'fetch'],
  [{ rule: 'skip', keepsSame: true }, 'skip'],
  [{ rule: 'replace-if-newer', keepsSame: true }, 'skip'],
] as const)('with %j, the same version is left there, and for another one the answer is %s', async (rule, answer) => {
  const wanted = await put(path.join(await temporaryFolder(), 'a'), 'same')
  const check = (size: number) => checkName({ wanted, rule, size, updatedAt, unheard: null })
  expect(check(4)).toEqual({ answer: 'unchanged', adopted: null, place: wanted })
  expect(check(5)).toMatchObject({ answer })
})

test('where nobody was asked since no file was there, the same version that came meanwhile is not kept twice', async () => {
  const folder = await temporaryFolder()
  const wanted = await put(path.join(folder, 'a'), 'same')
  const part = await put(path.join(folder, 'a.part'), 'same')
  expect(giveName(part, wanted, { rule: 'ask' })).toEqual({ place: wanted })
  expect(await filesBelow(folder)).toEqual(['a'])
})
