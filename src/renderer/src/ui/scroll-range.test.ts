import { expect, test } from 'vitest'
import { afterScroll, scrollRange, tallestElement, toContentTop, toScrollTop } from './scroll-range.ts'

const short = scrollRange(26_000, 600)
const tall = scrollRange(260_000_000, 600)

test('a list that fits is scrolled as it is', () => {
  expect(short.elementHeight).toBe(26_000)
  expect(toContentTop(short, 1_234)).toBe(1_234)
  expect(afterScroll(short, { scrollTop: 0, contentTop: 0 }, 9_000)).toEqual({ scrollTop: 9_000, contentTop: 9_000 })
})

test('a list that is too tall reaches its last row at the end of the element', () => {
  expect(tall.elementHeight).toBe(tallestElement)
  expect(toContentTop(tall, tallestElement - 600)).toBeCloseTo(260_000_000 - 600)
  expect(toContentTop(tall, 0)).toBe(0)
})

test('a place is found again from its scroll position', () => {
  expect(toContentTop(tall, toScrollTop(tall, 123_456_789))).toBeCloseTo(123_456_789)
})

test('a wheel moves a too tall list by the same pixels, a dragged thumb by the mapping', () => {
  const middle = { scrollTop: toScrollTop(tall, 100_000_000), contentTop: 100_000_000 }
  expect(afterScroll(tall, middle, middle.scrollTop + 100).contentTop).toBe(100_000_100)
  expect(afterScroll(tall, middle, middle.scrollTop + 100_000).contentTop).toBeCloseTo(
    toContentTop(tall, middle.scrollTop + 100_000),
  )
})

test('the ends are always reached, however the list got there', () => {
  const nearTop = { scrollTop: 40, contentTop: 5_000 }
  expect(afterScroll(tall, nearTop, 0).contentTop).toBe(0)
  const end = tallestElement - 600
  expect(afterScroll(tall, { scrollTop: end - 40, contentTop: 259_000_000 }, end).contentTop).toBeCloseTo(259_999_400)
})
