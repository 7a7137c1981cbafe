import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTimeColumn } from './time-column.ts'

const moment = fc.date({ min: new Date('1969-12-30'), max: new Date('2201-01-01'), noInvalidDate: true })
const time = fc.oneof(
  moment.map((date) => date.toISOString()),
  moment.map((date) => `${date.toISOString().slice(0, 19)}Z`),
  fc.tuple(moment, fc.integer({ min: 0, max: 999 })).map(([date, micros]) => {
    return date.toISOString().replace('Z', `${String(micros).padStart(3, '0')}Z`)
  }),
  fc.constantFrom('', '2026-02-31T00:00:00Z', '2026-01-01T24:00:00Z', '2026-01-01T00:00:00+02:00', 'yesterday', '2026'),
  fc.string(),
)

/** Times of one week, as the files of a run have. */
const closeTime = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2026-01-08'), noInvalidDate: true })
  .map((date) => date.toISOString())

test('every time comes back as the text that it was, and as the moment that it is', () => {
  fc.assert(
    fc.property(fc.oneof(fc.array(time), fc.array(fc.oneof({ weight: 20, arbitrary: closeTime }, time))), (texts) => {
      const column = createTimeColumn()
      for (const text of texts) column.append(text.toWellFormed())
      for (const same of [column, createTimeColumn(column.parts())])
        for (const [index, text] of texts.entries()) {
          expect(same.at(index)).toBe(text.toWellFormed())
          // The engine itself reads no more than milliseconds.
          expect(Math.floor(same.timeAt(index))).toBe(Date.parse(text))
        }
    }),
  )
})

test('a time that is far from all before it leaves these as they are', () => {
  const texts = [
    '2026-01-31T12:00:00.000Z',
    '',
    '2026-01-31T12:00:00.001Z',
    '1970-01-01T00:00:00Z',
    '2199-01-01T00:00:00Z',
  ]
  const column = createTimeColumn(null, texts.length)
  for (const text of texts) column.append(text)
  expect(texts.map((_, index) => column.at(index))).toEqual(texts)
  expect(texts.map((_, index) => column.timeAt(index))).toEqual(texts.map((text) => Date.parse(text)))
})
