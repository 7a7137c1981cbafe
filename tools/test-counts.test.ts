import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { packageScript, runProgram } from './run-program.mjs'
import { playwrightCounts, secondTries, secondTriesText, vitestCounts } from './test-counts.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'test-counts-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a test that passes at its second try is counted once, as passed, and named', async () => {
  const { status, report } = await runSpec(`
    test('passes', () => {})
    test('is skipped', () => test.skip())
    test('fails at both tries', () => expect(1).toBe(2))
    test.describe('a group', () => {
      test('passes late', ({}, { retry }) => expect(retry).toBe(1))
    })
  `)
  expect(status).toBe(1)
  expect(playwrightCounts(status, report)).toEqual({ passed: 2, failed: 1, skipped: 1 })
  expect(secondTries(report)).toEqual(['some.spec.mjs:7 a group › passes late'])
})

test('a runner that fails has a failure, whatever its report says', () => {
  const none = { passed: 0, failed: 1, skipped: 0 }
  expect(playwrightCounts(1, undefined)).toEqual(none)
  expect(vitestCounts(1, undefined)).toEqual(none)
  const passed = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 2 }
  expect(vitestCounts(0, passed)).toEqual({ passed: 3, failed: 0, skipped: 2 })
  expect(vitestCounts(1, passed)).toEqual({ passed: 3, failed: 1, skipped: 2 })
  expect(vitestCounts(1, { ...passed, numFailedTests: 2 })).toEqual({ passed: 3, failed: 2, skipped: 2 })
})

test('second tries are told in lines of their own, and only where there are some', () => {
  expect(secondTriesText([])).toBe('')
  expect(secondTriesText(['a.spec.ts:1 one', 'b.spec.ts:2 two'])).toBe(
    'Passed only at the second try: 2\n  a.spec.ts:1 one\n  b.spec.ts:2 two\n',
  )
})

/** Runs a spec by Playwright with one retry, as `npm test` does; none of these opens a browser. */
async function runSpec(body: string) {
  const command = packageScript('@playwright/test', 'playwright')
  const module = pathToFileURL(path.join(path.dirname(command), 'index.mjs')).href
  const spec = path.join(folder, 'some.spec.mjs')
  writeFileSync(spec, `import { expect, test } from '${module}'\n${body}`)
  const config = path.join(folder, 'playwright.config.mjs')
  writeFileSync(config, 'export default {}\n')
  const file = path.join(folder, 'report.json')
  const { status } = await runProgram(
    process.execPath,
    [command, 'test', '--config', config, '--retries=1', '--reporter=json'],
    { stdio: 'ignore', env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: file } },
  )
  return { status, report: existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined }
}
