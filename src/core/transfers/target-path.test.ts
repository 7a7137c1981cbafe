import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTargetPaths, safeName } from './target-path.ts'

test.each([
  ['report.csv', 'report.csv'],
  ['..', '__'],
  ['.', '_'],
  ['', '_'],
  ['a/b\\c:d*e?"<>|', 'a_b_c_d_e_____'],
  ['CON', '_CON'],
  ['com1.txt', '_com1.txt'],
  ['name. ', 'name__'],
  ['.gitignore', '.gitignore'],
  ['a\u0000\u202eb', 'a__b'],
  ['a\ud800b', 'a_b'],
])('%j is %j on disk', (segment, expected) => {
  expect(safeName(segment)).toBe(expected)
})

test('a long name keeps its extension and fits every file system', () => {
  const name = safeName(`${'ü'.repeat(300)}.csv`)
  expect(name.endsWith('.csv')).toBe(true)
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(240)
})

test('no path leaves the target, and no two files share one, whatever their names', () => {
  const segments = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('..', '.', 'a', 'A', 'CON', '/')), {
    minLength: 1,
    maxLength: 5,
  })
  fc.assert(
    fc.property(fc.array(segments, { maxLength: 12 }), (files) => {
      const targetOf = createTargetPaths()
      const targets = files.map((file) => targetOf(file).join('/'))
      for (const target of targets) expect(path.resolve('/t', target).startsWith('/t/')).toBe(true)
      const folded = targets.map((target) => target.toLowerCase())
      expect(new Set(folded).size).toBe(targets.length)
      for (const a of folded) for (const b of folded) expect(b.startsWith(`${a}/`)).toBe(false)
    }),
    { numRuns: 2_000 },
  )
})
