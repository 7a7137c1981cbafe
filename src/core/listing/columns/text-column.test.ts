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
    fc.property(fc.array(fc.array(text, { maxLength: 3 })), (groups) => {
      const texts = groups.map((group) => group.join('/').toWellFormed())
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
