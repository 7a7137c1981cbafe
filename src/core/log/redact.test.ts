import { describe, expect, test } from 'vitest'
import { createRedactor } from './redact.ts'

const { redact, redactText, hide } = createRedactor('/home/someone')

describe('text', () => {
  test.each([
    ['https://storage.example/bucket/a.csv?X-Signature=abc', 'https://storage.example/…'],
    ['https://user:pass@storage.example/a', 'https://storage.example/…'],
    ['see https://a.example/x, and http://b.example', 'see https://a.example/… and http://b.example'],
    ['app://bundle/content/abc?token=def', 'app://bundle/content/abc?…'],
    ['X-Asteroid-Agents-Api-Key: abcdef, next', 'X-Asteroid-Agents-Api-Key: [secret], next'],
    ['ASTEROID_API_KEY=abcdef node', 'ASTEROID_API_KEY=[secret] node'],
    ['Authorization: Bearer abc.def-ghi', 'Authorization: [secret]'],
    ['sent "bearer abcdefghijk"', 'sent "bearer [secret]"'],
    ['/home/someone/Downloads/a.csv', '~/Downloads/a.csv'],
    ['nothing to hide: 12 of 40 files', 'nothing to hide: 12 of 40 files'],
  ])('%s', (text, clean) => {
    expect(redactText(text)).toBe(clean)
  })

  test('a secret that was made known is gone wherever it turns up', () => {
    hide('k-123456')
    expect(redactText('k-123456 and xk-123456x')).toBe('[secret] and x[secret]x')
  })

  test('a very long text is cut', () => {
    expect(redactText('a'.repeat(100_000)).length).toBeLessThan(5_000)
  })
})

describe('data', () => {
  test('fields with a secret’s name are hidden, and the rest stays', () => {
    const fields = { apiKey: 'a', 'X-Api-Key': 'b', downloadUrl: 'c', cookies: ['d'], path: 'workspace/a', count: 3 }
    expect(redact(fields)).toEqual({
      apiKey: '[secret]',
      'X-Api-Key': '[secret]',
      downloadUrl: '[secret]',
      cookies: '[secret]',
      path: 'workspace/a',
      count: 3,
    })
  })

  test('an error keeps its kind, stack and cause, without what they would tell', () => {
    const cause = Object.assign(new Error('GET https://storage.example/secret'), { code: 'ECONNRESET' })
    const clean = JSON.stringify(redact({ error: new Error('failed', { cause }) }))
    expect(clean).toContain('ECONNRESET')
    expect(clean).toContain('redact.test.ts')
    expect(clean).not.toContain('storage.example/secret')
  })

  test('circular and deep data end somewhere', () => {
    const circle: Record<string, unknown> = {}
    circle.self = circle
    expect(JSON.stringify(redact(circle))).toContain('[deeper]')
  })
})
