import { expect, test } from 'vitest'
import { actions } from '../../../../shared/actions.ts'
import { findMatches } from './find-matches.ts'
import { otherNames } from './other-names.ts'

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

test('a run is found by the start of its id, beside words of its name', () => {
  const runs = [
    { label: 'Open Invoices', alsoCalled: ['5f1d3c0e-7a42-4b6e-9c1d-2e8f0a6b4d11'] },
    { label: 'Open 5 files', alsoCalled: ['0b2e4d6f-1a3c-4e5f-8a9b-0c1d2e3f4a5b'] },
  ]
  const labels = (text: string) => findMatches(runs, text).map(({ label }) => label)
  expect(labels('5f1d3c0e')).toEqual(['Open Invoices'])
  expect(labels('5F1D invo')).toEqual(['Open Invoices'])
  expect(labels('7a42')).toEqual([])
})

test.each([
  ['dark', 'Dark theme'],
  ['light', 'Light theme'],
  ['theme', 'Theme of the system'],
  ['appearance', 'Light theme'],
  ['night mode', 'Dark theme'],
  ['preferences', 'Settings…'],
  ['cache', 'Settings…'],
  ['key', 'Keyboard shortcuts'],
  ['log out', 'Sign out'],
  ['logout', 'Sign out'],
  ['sync', 'Keep in step with a folder…'],
  ['largest', 'Sort by size'],
  ['find', 'Search'],
])('%s leads to %s first', (text, label) => {
  const all = actions.map(({ id, label }) => ({ label, alsoCalled: otherNames[id] }))
  expect(findMatches(all, text)[0]?.label).toBe(label)
})

test('a key is what signing in, signing out and getting one are about', () => {
  const all = actions.map(({ id, label }) => ({ label, alsoCalled: otherNames[id] }))
  const found = findMatches(all, 'key').map(({ label }) => label)
  expect(found).toEqual(expect.arrayContaining(['Sign in…', 'Sign out', 'Get an API key']))
})
