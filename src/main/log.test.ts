import fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { createRedactor } from '../core/log/redact.ts'
import { openFileLog } from './log.ts'

let file: string
beforeEach(() => {
  file = path.join(fs.mkdtempSync(path.join(tmpdir(), 'asteroid-log-')), 'logs', 'main.log')
})

test('lines are JSON, in order, with their fields, and without secrets', () => {
  const log = openFileLog(file, createRedactor())
  log.info('one of https://storage.example/a?sig=b', { url: 'https://storage.example/a?sig=b' })
  log.error('two', { error: new Error('no') })
  const lines = fs
    .readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines).toMatchObject([
    { level: 'info', message: 'one of https://storage.example/…', url: 'https://storage.example/…' },
    { level: 'error', message: 'two', error: { message: 'no' } },
  ])
})

// Windows keeps a person's profile from others by itself.
test.skipIf(process.platform === 'win32')('no one but the person reads the log, older files too', () => {
  const log = openFileLog(file, createRedactor())
  for (let round = 0; round < 600; round += 1) log.warn(`${round} ${'x'.repeat(3_900)}`)
  expect([file, `${file}.1`].map((each) => fs.statSync(each).mode & 0o777)).toEqual([0o600, 0o600])
})

test('a warning is on disk at once', () => {
  openFileLog(file, createRedactor()).warn('now')
  expect(fs.readFileSync(file, 'utf8')).toContain('now')
})

test('a full file makes room, and only so many are kept', () => {
  const log = openFileLog(file, createRedactor())
  for (let round = 0; round < 1_500; round += 1) log.warn(`${round} ${'x'.repeat(3_900)}`)
  expect(fs.readdirSync(path.dirname(file)).toSorted()).toEqual(['main.log', 'main.log.1', 'main.log.2', 'main.log.3'])
  expect(fs.statSync(file).size).toBeLessThanOrEqual(1_000_000)
  expect(fs.readFileSync(file, 'utf8')).toContain('1499 xxx')
})

test('the tail is whole lines, the newest', () => {
  const log = openFileLog(file, createRedactor())
  for (let round = 0; round < 100; round += 1) log.info(`line ${round}`)
  const tail = log.tail(500).trim().split('\n')
  expect(JSON.parse(tail.at(-1) ?? '').message).toBe('line 99')
  expect(() => tail.map((line) => JSON.parse(line))).not.toThrow()
})

test('a log that can’t be written stops nothing', () => {
  fs.mkdirSync(path.dirname(path.dirname(file)), { recursive: true })
  fs.writeFileSync(path.dirname(file), 'a file where a folder should be')
  expect(() => openFileLog(file, createRedactor()).error('lost')).not.toThrow()
})
