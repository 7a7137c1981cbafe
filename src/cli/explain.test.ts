import { expect, test } from 'vitest'
import { Failure } from '../core/failure.ts'
import { explain } from './explain.ts'

function explained(thrown: unknown) {
  const lines: string[] = []
  const environment = { ASTEROID_API_KEY: 'the-secret-key' }
  const status = explain(thrown, { say: (text) => lines.push(text) }, environment)
  return { status, text: lines.join('\n') }
}

test('a failure is its own sentence, and what helps here', () => {
  const { status, text } = explained(new Failure({ kind: 'key-missing', message: 'There is no key yet.' }))
  expect([status, text]).toEqual([3, 'There is no key yet.\nRun asteroid-files login, or set ASTEROID_API_KEY.'])
})

test('what nobody foresaw is told whole, but for keys and links', () => {
  const { status, text } = explained(new Error('odd: the-secret-key at https://storage.example/a?signature=abc'))
  expect(status).toBe(5)
  expect(text).toContain('Please report it')
  expect(text).toContain('explain.test.ts')
  expect(text).not.toMatch(/the-secret-key|signature=abc/)
})
