import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { securityTableFaults } from './security-table.ts'

const root = path.resolve(import.meta.dirname, '../..')

test('each point of Electron’s list names where it is held and the test that shows it, and both are there', () => {
  const document = readFileSync(path.join(root, 'docs/security.md'), 'utf8')
  expect(securityTableFaults(document, (file) => existsSync(path.join(root, file)))).toEqual([])
})

const rows = Array.from({ length: 20 }, (_, index) => `| ${index + 1} | a point | \`src/a.ts\` | \`src/a.test.ts\` |`)
const faults = (lines: readonly string[]) => securityTableFaults(lines.join('\n'), (file) => file.startsWith('src/a.'))

test('a table with every cell has no fault', () => {
  expect(faults(rows)).toEqual([])
})

test.each([
  ['| 7 | a point |  | `src/a.test.ts` |', 'point 7 names no file that holds it'],
  ['| 7 | a point | `src/a.ts` | by looking |', 'point 7 names no test that shows it'],
  ['| 7 | a point | `src/gone.ts` | `src/a.test.ts` |', 'point 7 names src/gone.ts, which is not there'],
  ['', 'point 7 is missing'],
])('%j is told', (row, told) => {
  expect(faults(rows.with(6, row))).toEqual([told])
})

test('a file that the text names and that is not there is told', () => {
  expect(faults([...rows, 'It is bounded (`src/a.ts`, `src/gone.ts`).'])).toEqual([
    'the text names src/gone.ts, which is not there',
  ])
})
