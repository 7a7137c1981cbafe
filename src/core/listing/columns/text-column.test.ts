import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTextColumn } from './text-column.ts'

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', 'a'.repeat(300)),
)

test('every text comes back as it was put in, alone or from its parts', () => {
  fc.assert(
    fc.property(fc.array(fc.array(text, { maxLength: 3 })), fc.nat(40), (groups, times) => {
      const different = groups.map((group) => group.join('/').toWellFormed())
      const texts = [...Array.from({ length: times }, () => different[0] ?? ''), ...different]
      const column = createTextColumn()
      for (const each of texts) column.append(each)
      expect(texts.map((_, index) => column.at(index))).toEqual(texts)
      const again = createTextColumn(column.parts())
      expect(texts.map((_, index) => again.at(index))).toEqual(texts)
    }),
  )
})

test('texts that share their beginning cost little more than what differs', () => {
  const column = createTextColumn()
  for (let index = 0; index < 1_600; index += 1) column.append(`https://storage.example/bucket/one/${index}`)
  expect(column.parts().bytes.length).toBeLessThan(1_600 * 12)
})

test('texts that are all the same cost nothing, and one that differs costs only those after it', () => {
  const column = createTextColumn()
  for (let index = 0; index < 1_600; index += 1) column.append('11111111-2222-4333-8444-555555555555')
  expect(column.byteLength()).toBe(0)
  column.append('another')
  expect([column.at(1_599), column.at(1_600), column.byteLength()]).toEqual([column.at(0), 'another', 9])
})
