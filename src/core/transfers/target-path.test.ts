import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomFrom } from './soak/random.fixture.ts'
import { createTargetPaths, safeName } from './target-path.ts'

test.each([
  ['report.csv', 'report.csv'],
  ['..', '__'],
  ['.', '_'],
  ['', '_'],
  ['a/b\\c:d*e?"<>|', 'a_b_c_d_e_____'],
  ['CON', '_CON'],
  ['com1.txt', '_com1.txt'],
  ['con .txt', '_con .txt'],
  ['CONOUT$', '_CONOUT$'],
  ['conin$.log', '_conin$.log'],
  ['console.log', 'console.log'],
  ['a\u061cb', 'a_b'],
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

test('a hundred thousand random paths stay below the target, each with a place of its own', () => {
  const odd = ['..', '.', 'a', 'A', 'ä', 'a\u0308', 'CON', 'nul.txt', 'x ', 'x.', '\u202etxt.exe', '~', 'a:b', '\ud800']
  const random = randomFrom(1)
  const pick = (length: number) => Math.floor(random() * length)
  const segment = () =>
    random() < 0.5
      ? (odd[pick(odd.length)] ?? '')
      : String.fromCodePoint(...Array.from({ length: 1 + pick(4) }, () => 1 + pick(0x2ff)))
  const targetOf = createTargetPaths()
  const seen = new Set<string>()
  const folders = new Set<string>()
  for (let count = 0; count < 100_000; count += 1) {
    const names = targetOf(Array.from({ length: 1 + pick(4) }, segment))
    const key = names.join('/').toLowerCase()
    for (const name of names) if (!isLegal(name)) throw new Error(`${JSON.stringify(name)} is not legal everywhere.`)
    if (seen.has(key)) throw new Error(`Two files share ${JSON.stringify(key)}.`)
    seen.add(key)
    for (let depth = 1; depth < names.length; depth += 1) folders.add(names.slice(0, depth).join('/').toLowerCase())
  }
  expect([...folders].filter((folder) => seen.has(folder))).toEqual([])
})

test.each([
  ['ΟΔΟΣ.txt', 'οδοσ.txt'],
  ['ΟΔΟΣ.txt', 'οδος.txt'],
  ['ſ.txt', 's.txt'],
  ['µ.txt', 'μ.txt'],
])('%j and %j, which some disks take for one name, get two', (one, other) => {
  const targetOf = createTargetPaths()
  expect(targetOf([one])).toEqual([one])
  expect(targetOf([other, 'in a folder'])).toEqual([other.replace('.', ' (2).'), 'in a folder'])
  expect(targetOf([other])).toEqual([other.replace('.', ' (3).')])
})

test('no file has the name that the part file of another has while that comes', () => {
  const targetOf = createTargetPaths()
  const targets = ['a.pdf', 'a.pdf.part', 'b.part', 'B', 'c.part'].map((name) => targetOf([name]).join())
  expect(targets).toEqual(['a.pdf', 'a.pdf (2).part', 'b.part', 'B (2)', 'c.part'])
})

test('ten thousand files of one name are numbered without trying all numbers each time', () => {
  const targetOf = createTargetPaths()
  const names = Array.from({ length: 10_000 }, () => targetOf(['same.txt']).join())
  expect(names.at(-1)).toBe('same (10000).txt')
  expect(new Set(names).size).toBe(10_000)
})

/** Rules of Windows, which are the strictest, and of 255 bytes. */
function isLegal(name: string): boolean {
  return (
    name !== '' &&
    !/[\u0000-\u001f<>:"/\\|?*]/.test(name) &&
    !/[. ]$/.test(name) &&
    !/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name) &&
    name.isWellFormed() &&
    Buffer.byteLength(name) <= 255 - Buffer.byteLength(' (10000).part')
  )
}

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
