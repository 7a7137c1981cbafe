import { expect, test } from 'vitest'
import { fileNamed, noFilter, stepsOf, take } from './listing-index.fixture.ts'
import { createListingIndex } from './listing-index.ts'

test('a walk goes on through the files that it began with, whatever a refresh brings', () => {
  const files = Array.from({ length: 1_200 }, (_, number) => fileNamed(`file ${number}`))
  const index = createListingIndex()
  take(index, files, 1)
  const paths = index.walkPaths({ what: 'all' })
  const walked = index.walkFiles({ what: 'all' })
  const first = index.walkOn(walked) ?? []
  const firstPaths = index.walkOn(paths) ?? []
  take(index, [fileNamed('another')], 2)
  take(index, [fileNamed('a third')], 3)
  const ids = [...first, ...stepsOf(index, walked)].map((each) => (typeof each === 'string' ? each : each.id))
  expect(ids).toEqual(files.map(({ id }) => id))
  expect([...firstPaths, ...stepsOf(index, paths)]).toEqual(files.map(({ filePath }) => `workspace/${filePath}`))
})

test('a walk and a choice stay with what the filter let through when they were made, whatever is filtered for next', () => {
  const files = Array.from({ length: 1_200 }, (_, number) => fileNamed(`file ${number}`))
  const index = createListingIndex()
  take(index, files, 1)
  const ones = files.flatMap(({ id }) => (id.includes('1') ? [id] : []))
  index.filter({ ...noFilter, text: '1' })
  index.choose(7, { what: 'matches' })
  for (const text of ['2', '3', '', '4']) index.filter({ ...noFilter, text })
  expect(index.total({ what: 'matches', ...{ choice: 7 } }).fileCount).toBe(ones.length)
  index.letGo(7)
  index.filter({ ...noFilter, text: '1' })
  const walked = index.walkFiles({ what: 'matches' })
  const first = index.walkOn(walked) ?? []
  for (const text of ['2', '3', '', '4']) index.filter({ ...noFilter, text })
  const ids = [...first, ...stepsOf(index, walked)].map((each) => (typeof each === 'string' ? each : each.id))
  expect(ids).toEqual(ones)
})
