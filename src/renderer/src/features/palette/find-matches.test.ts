import { expect, test } from 'vitest'
import { findMatches } from './find-matches.ts'

const offered = ['Download', 'Download all', 'Show or hide details', 'Sort by size'].map((label) => ({ label }))
const labels = (text: string) => findMatches(offered, text).map(({ label }) => label)

test('no text offers everything, in its order', () => {
  expect(labels('  ')).toEqual(['Download', 'Download all', 'Show or hide details', 'Sort by size'])
})

test('words match in any order, whatever their case', () => {
  expect(labels('all DOWN')).toEqual(['Download all'])
})

test('what begins a label comes before what is within it', () => {
  expect(labels('s')).toEqual(['Show or hide details', 'Sort by size'])
  expect(labels('d')[0]).toBe('Download')
})

test('a name that was typed whole comes first', () => {
  const all = ['Expand all below', 'Expand all'].map((label) => ({ label }))
  expect(findMatches(all, 'expand all')[0]?.label).toBe('Expand all')
})

test('what matches nothing finds nothing', () => {
  expect(labels('print')).toEqual([])
})
