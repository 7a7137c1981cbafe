import fc from 'fast-check'
import { columns } from '../../../shared/columns.ts'
import type { WireFile } from '../../api/wire.ts'
import { fileTypes } from './file-type.ts'

const name = fc.constantFrom(
  'a',
  'A',
  'á',
  'b1',
  'b10',
  'b9',
  'b09',
  'README.md',
  'x.csv',
  'Z.png',
  '東京',
  'ß',
  'a b',
  '0',
)
const within = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'))
const anyDirectory = fc.constantFrom('workspace', 'downloads', 'debug', 'other')
const file = fc.record({
  directory: anyDirectory,
  filePath: within,
  fileSize: fc.option(fc.constantFrom(0, 1, 5, 1_000, 2 ** 40)),
  updatedAt: fc.constantFrom(
    '',
    '2026-01-01T00:00:00Z',
    '2025-06-01T10:00:00.000Z',
    '2026-01-01T00:00:00.500Z',
    'soon',
  ),
  createdBy: fc.constantFrom('agent', 'user', 'System'),
  mimeType: fc.option(fc.constantFrom('image/png', 'text/csv', 'text/plain')),
})
/** A listing with everything that makes trouble: names that sort alike, files that repeat, files named like folders. Ids are the files' numbers, so that files that repeat are told apart. */
export const anyListing = fc.array(file, { maxLength: 40 }).map((files) =>
  files.map(
    (each, index): WireFile => ({
      ...each,
      id: `id-${index}`,
      agentId: '',
      executionId: '',
      fileName: each.filePath.split('/').at(-1) ?? '',
      createdAt: each.updatedAt,
      downloadUrl: `https://x.example/${index}`,
    }),
  ),
)

export const anySort = fc.record({
  column: fc.constantFrom(...columns),
  direction: fc.constantFrom('ascending', 'descending'),
})
const word = fc.constantFrom('a', 'B', 'b1', 'csv', '/a', 'a/', 'e/b', 'work', '-a', '-csv', '東', 'ss', '-')
const some = <T>(values: fc.Arbitrary<T>) => fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(values))
export const anyFilter = fc.record({
  text: fc.array(word, { maxLength: 2 }).map((words) => words.join(' ')),
  flat: fc.boolean(),
  directories: some(anyDirectory),
  types: some(fc.constantFrom(...fileTypes)),
  creators: some(fc.constantFrom('agent', 'user')),
})

/** What a person does to the selection, at a row. */
export const anyAct = fc.record({ how: fc.constantFrom('only', 'toggle', 'extend', 'all', 'none'), row: fc.nat(60) })

export type Act = typeof anyAct extends fc.Arbitrary<infer Value> ? Value : never
