import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

let folder: string
beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'own-')), 'of the system')
  mkdirSync(folder)
})
afterEach(() => rmSync(path.dirname(folder), { recursive: true, force: true }))

/** A process that has made its own temporary folder, and left something in it by a child of its own. */
const start = `
import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
const { default: useOwnTemporaryFolder } = await import(process.argv[1])
useOwnTemporaryFolder()
const leave = "require('node:fs').writeFileSync(require('node:path').join(require('node:os').tmpdir(), 'left'), '')"
execFileSync(process.execPath, ['-e', leave])
mkdtempSync(tmpdir() + '/also-left-')
process.stdout.write('ready')
`

test.each([
  ['ends', '', 0],
  ['fails', 'throw new Error("on purpose")', 1],
  ['exits at once', 'process.exit(3)', 3],
])('nothing is left of a process that %s', async (_, ending, status) => {
  const child = startProcess(ending)
  expect(await once(child, 'exit')).toEqual([status, null])
  expect(readdirSync(folder)).toEqual([])
})

test.skipIf(process.platform === 'win32')('nothing is left of a process that is told to end', async () => {
  const child = startProcess('setInterval(() => {}, 1_000)')
  await once(child.stdout, 'data')
  expect(readdirSync(folder)).toHaveLength(1)
  child.kill('SIGTERM')
  await once(child, 'exit')
  expect(readdirSync(folder)).toEqual([])
})

test('a process that is started by one with such a folder shares it, and leaves its removal to that one', async () => {
  const shared = path.join(folder, 'asteroid-files-shared')
  mkdirSync(shared)
  await once(startProcess('', shared), 'exit')
  expect(readdirSync(folder)).toEqual(['asteroid-files-shared'])
  expect(readdirSync(shared)).toContain('left')
})

function startProcess(ending: string, temporary = folder) {
  const url = pathToFileURL(path.join(import.meta.dirname, 'own-temporary-folder.mjs')).href
  return spawn(process.execPath, ['--input-type=module', '-e', `${start}${ending}`, url], {
    env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}
