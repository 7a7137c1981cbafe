import { expect, test } from 'vitest'
import type { SourceFile } from '../file-source.ts'
import { createSequence } from './sequence.ts'

const fileOf = (id: string): SourceFile => ({
  id,
  path: id,
  segments: [id],
  size: 1,
  updatedAt: '',
  mimeType: null,
  downloadUrl: '',
})

async function* walkOf(steps: readonly (readonly string[])[], failure?: Error) {
  for (const step of steps) yield step.map(fileOf)
  if (failure) throw failure
}

async function indexes(numbered: AsyncIterable<readonly { index: number; file: SourceFile }[]>) {
  const found: string[] = []
  for await (const some of numbered) found.push(...some.map(({ index, file }) => `${index} ${file.id}`))
  return found
}

test('another walk of the same files goes on after those that came, in whatever steps', async () => {
  const sequence = createSequence()
  const why = new Error('cut')
  await expect(indexes(sequence.take(walkOf([['a', 'b'], ['c']], why)))).rejects.toBe(why)
  expect(await indexes(sequence.takeRest(walkOf([['a'], ['b', 'c', 'd'], ['e']]), why))).toEqual(['3 d', '4 e'])
})

test('a second failure is gone on from, too', async () => {
  const sequence = createSequence()
  const why = new Error('cut')
  await expect(indexes(sequence.take(walkOf([['a']], why)))).rejects.toBe(why)
  await expect(indexes(sequence.takeRest(walkOf([['a', 'b']], why), why))).rejects.toBe(why)
  expect(await indexes(sequence.takeRest(walkOf([['a', 'b', 'c']]), why))).toEqual(['2 c'])
})

test.each([[[['b', 'a', 'c']]], [[['a']]], [[[]]]])('a walk of other files, %j, is not gone on with', async (steps) => {
  const sequence = createSequence()
  const why = new Error('cut')
  await expect(indexes(sequence.take(walkOf([['a', 'b']], why)))).rejects.toBe(why)
  await expect(indexes(sequence.takeRest(walkOf(steps), why))).rejects.toBe(why)
})
