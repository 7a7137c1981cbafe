import { expect, test } from 'vitest'
import { maximumLineLength, splitLines } from './text-lines.ts'

const texts = (text: string, columns: number | null = null) => splitLines(text, columns).map((line) => line.text)

test('understands all line endings, and a last line without one', () => {
  expect(texts('a\nb\r\nc\rd')).toEqual(['a', 'b', 'c', 'd'])
  expect(texts('a\n')).toEqual(['a'])
  expect(texts('a\n\n')).toEqual(['a', ''])
  expect(texts('')).toEqual([''])
})

test('cuts a very long line, and tells where each piece is from', () => {
  const lines = splitLines(`x\n${'y'.repeat(maximumLineLength * 2 + 1)}\nz`, null)
  expect(lines.map(({ line, offset, text }) => [line, offset, text.length])).toEqual([
    [0, 0, 1],
    [1, 0, maximumLineLength],
    [1, maximumLineLength, maximumLineLength],
    [1, maximumLineLength * 2, 1],
    [2, 0, 1],
  ])
})

test('a line of exactly the longest length is not followed by an empty piece', () => {
  expect(texts(`${'y'.repeat(maximumLineLength)}\nz`).map((text) => text.length)).toEqual([maximumLineLength, 1])
})

test('wraps at spaces where it can, and within a word where it must', () => {
  expect(texts('the quick brown fox', 10)).toEqual(['the quick ', 'brown fox'])
  expect(texts('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij'])
  expect(texts('世界世界', 4)).toEqual(['世界', '世界'])
  expect(texts('a\tb\tc', 5)).toEqual(['a\t', 'b\tc'])
})

test('whatever the width, nothing is lost and no character is cut in two', () => {
  const text = `a${'🎈 '.repeat(maximumLineLength)}`
  for (const columns of [null, 1, 2, 7, 80]) {
    const lines = texts(text, columns)
    expect(lines.join('')).toBe(text)
    expect(lines.every((line) => line.isWellFormed())).toBe(true)
  }
})

test('a megabyte without a line break is split at once', () => {
  expect(texts('x'.repeat(1024 * 1024)).length).toBe(Math.ceil((1024 * 1024) / maximumLineLength))
})
