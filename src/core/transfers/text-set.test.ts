import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTextSet } from './text-set.ts'

test('it has what was added, and nothing else', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), fc.array(fc.string({ unit: 'binary' })), (added, others) => {
      const set = createTextSet()
      const plain = new Set<string>()
      for (const text of added) {
        expect(set.has(text)).toBe(plain.has(text))
        set.add(text)
        plain.add(text)
      }
      for (const text of [...added, ...others]) expect(set.has(text)).toBe(plain.has(text))
    }),
  )
})

test.each([
  ['numbered files', (index: number) => `downloads/page-${index}.html`],
  ['folders of two letters', (index: number) => `${(index >> 8).toString(16)}/${(index & 255).toString(16)}`],
  ['pairs of characters', (index: number) => String.fromCharCode(index >> 10, index & 1023)],
  ['what differs in high bits only', (index: number) => String.fromCharCode((index & 63) << 10, index >> 6)],
  ['the same character, more and more often', (index: number) => 'a'.repeat(index & 63) + (index >> 6)],
])('of 100,000 names, as %s, no two look the same', (_, nameOf) => {
  const set = createTextSet()
  const twice: number[] = []
  for (let index = 0; index < 100_000; index += 1) {
    const name = nameOf(index)
    if (set.has(name)) twice.push(index)
    set.add(name)
  }
  expect(twice).toEqual([])
})
