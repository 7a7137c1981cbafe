import { expect, test } from 'vitest'
import { fromLines, toLine } from './lines.ts'

const records = [{ a: 1 }, { b: 'ü\u2028 "x"' }, { c: [null] }]
const content = records.map(toLine).join('')

test('a journal torn at any place gives back the lines before', () => {
  for (let end = 0; end <= content.length; end += 1) {
    const whole = content.slice(0, end).split('\n').length - 1
    const read = [...fromLines(content.slice(0, end))]
    expect(read).toEqual(records.slice(0, read.length))
    expect(read.length).toBeGreaterThanOrEqual(whole)
  }
})

test('a line that was changed, or is zeros, is passed over', () => {
  const [first = '', second = '', third = ''] = content.split('\n')
  const damaged = [first, second.replace('x', 'y'), '\0'.repeat(40), third].join('\n')
  expect([...fromLines(damaged)]).toEqual([records[0], records[2]])
})
