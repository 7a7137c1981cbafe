import fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { silentLogger } from '../core/log/logger.ts'
import { openStateFile } from './state-file.ts'

let file: string
beforeEach(() => {
  file = path.join(fs.mkdtempSync(path.join(tmpdir(), 'asteroid-state-')), 'inner', 'state.json')
})

function open() {
  return openStateFile({
    file,
    schema: z.object({ count: z.number() }),
    fallback: () => ({ count: 0 }),
    log: silentLogger,
  })
}

test('what was written is read again, by this process or the next', async () => {
  await open().write({ count: 3 })
  expect(open().read()).toEqual({ count: 3 })
  expect(fs.readdirSync(path.dirname(file))).toEqual(['state.json'])
})

// Windows keeps a person's profile from others by itself.
test.skipIf(process.platform === 'win32')(
  'no one but the person reads it, also where others could before',
  async () => {
    const mode = () => fs.statSync(file).mode & 0o777
    await open().write({ count: 1 })
    expect(mode()).toBe(0o600)
    fs.chmodSync(file, 0o644)
    open().writeNow({ count: 2 })
    expect(mode()).toBe(0o600)
  },
)

test('a file that was never written reads as the fallback', () => {
  expect(open().read()).toEqual({ count: 0 })
})

test.each(['', '{"count": 1', '{"count": "many"}', '[]', '\0\0\0'])('a broken file (%j) is kept aside', (content) => {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, content)
  expect(open().read()).toEqual({ count: 0 })
  expect(fs.readFileSync(`${file}.broken`, 'utf8')).toBe(content)
})

test('writes that overlap leave the last one', async () => {
  const state = open()
  await Promise.all([1, 2, 3, 4, 5].map((count) => state.write({ count })))
  expect(open().read()).toEqual({ count: 5 })
})

test('who waits for it knows that all is written', async () => {
  const state = open()
  for (const count of [1, 2, 3]) void state.write({ count })
  await state.settled()
  expect(open().read()).toEqual({ count: 3 })
  state.writeNow({ count: 4 })
  expect(open().read()).toEqual({ count: 4 })
})

test('what can’t take its place leaves nothing beside it', () => {
  fs.mkdirSync(path.join(file, 'in the way'), { recursive: true })
  open().writeNow({ count: 1 })
  expect(fs.readdirSync(path.dirname(file))).toEqual(['state.json'])
})

test('a folder that can’t be written stops nothing', async () => {
  fs.mkdirSync(path.dirname(path.dirname(file)), { recursive: true })
  fs.writeFileSync(path.dirname(file), 'in the way')
  await expect(open().write({ count: 1 })).resolves.toBeUndefined()
})
