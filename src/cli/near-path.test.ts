import { expect, test } from 'vitest'
import { createNearPath, nothingAt } from './near-path.ts'

const paths = ['downloads/invoices/2026-01/INV-1.pdf', 'workspace/invoices.csv', 'workspace/notes.md']

function nearest(given: string): string | null {
  const near = createNearPath(given)
  for (const path of paths) near.see(path)
  return near.nearest()
}

test.each([
  ['workspace/invocies.csv', 'workspace/invoices.csv'],
  ['Workspace/Invoices.csv', 'workspace/invoices.csv'],
  ['./worskpace', 'workspace'],
  ['download/invoices', 'downloads/invoices'],
  ['note.md', 'notes.md'],
  ['workspace/reports', null],
  ['*.csvv', null],
])('what is near to %s is %s', (given, near) => {
  expect(nearest(given)).toBe(near)
})

test('a path that names nothing is told with what may have been meant', () => {
  expect(nothingAt('a.cvs', 'a.csv')).toBe('There is nothing at “a.cvs” in this run. Did you mean “a.csv”?')
  expect(nothingAt('b', null)).toBe('There is nothing at “b” in this run.')
})
