import { expect, test } from 'vitest'
import { type LogFields, silentLogger } from './logger.ts'
import { unexpected } from './unexpected.ts'

test('the word that a person is given finds the whole of it in the log', () => {
  const lines: [string, LogFields | undefined][] = []
  const log = { ...silentLogger, error: (message: string, fields?: LogFields) => void lines.push([message, fields]) }
  const thrown = new Error('secret detail')
  const error = unexpected(log, 'A walk failed', thrown)
  expect(error).toMatchObject({ kind: 'unexpected', message: expect.not.stringContaining('secret') })
  const { reference } = error as { reference: string }
  expect(error.message).toContain(reference)
  expect(lines).toEqual([['A walk failed', { reference, error: thrown }]])
})
