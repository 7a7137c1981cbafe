import { expect, test } from 'vitest'
import { readSources } from './sources.ts'

/** Comments, of which nobody reads anything in the app. */
const comments = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$|\s\/\/ .*$/gm
const straight = /[\p{L}]'(?:s|t|re|ll|ve|d|m)\b/gu

function straightApostrophes(text: string): readonly string[] {
  return text.replace(comments, '').match(straight) ?? []
}

test('what a person reads has no straight apostrophes', () => {
  const sources = readSources().filter(({ file }) => !/\.(test|fixture)\.tsx?$/.test(file))
  expect(sources.length).toBeGreaterThan(100)
  const found = sources.map(({ file, text }) => [file, straightApostrophes(text)] as const)
  expect(found.filter(([, each]) => each.length > 0)).toEqual([])
})

test('only apostrophes within words are seen, and none in comments', () => {
  expect(straightApostrophes("`a run's files` // it's\n/* don't */ \"can't\"")).toEqual(["n's", "n't"])
  expect(straightApostrophes("['s', 'it’s'].join('t')")).toEqual([])
})
