import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { npmCommand, packageScript, runProgram } from './run-program.mjs'

let folder: string
beforeAll(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'run-program-')), 'with two blanks')
  mkdirSync(folder)
})
afterAll(() => rmSync(path.dirname(folder), { recursive: true, force: true }))

test('a program and its arguments may have blanks in them', async () => {
  const program = path.join(folder, path.basename(process.execPath))
  copyFileSync(process.execPath, program)
  const script = path.join(folder, 'a script.mjs')
  writeFileSync(script, `import { writeFileSync } from 'node:fs'\nwriteFileSync(process.argv[2], process.argv[3])\n`)
  const written = path.join(folder, 'what it wrote')
  expect(await runProgram(program, [script, written, 'two words & more'], {})).toEqual({
    status: 0,
    interrupted: false,
  })
  expect(readFileSync(written, 'utf8')).toBe('two words & more')
})

test.each([
  ['exits with 7', process.execPath, ['-e', 'process.exit(7)'], 7],
  ['is killed', process.execPath, ['-e', 'process.kill(process.pid, "SIGKILL")'], 1],
  ['is not there', path.join(tmpdir(), 'no such program'), [], 1],
])('a program that %s has a status of its own', async (_, command, args, status) => {
  expect(await runProgram(command, args, { stdio: 'ignore' })).toEqual({ status, interrupted: false })
})

test('the commands of packages are scripts that Node can run', () => {
  const scripts = [
    packageScript('@biomejs/biome'),
    packageScript('typescript', 'tsc'),
    packageScript('vitest'),
    packageScript('electron-vite'),
    packageScript('electron-builder'),
    packageScript('@playwright/test', 'playwright'),
  ]
  for (const script of scripts) expect(existsSync(script)).toBe(true)
  expect(() => packageScript('typescript', 'nonsense')).toThrow('typescript brings no command nonsense.')
})

test('npm is run as the script that it says it is, and by no other tool’s', () => {
  const script = path.join(folder, 'npm-cli.js')
  writeFileSync(script, '')
  expect(npmCommand({ npm_execpath: script })).toEqual([process.execPath, script])
  const another = path.join(folder, 'pnpm.cjs')
  writeFileSync(another, '')
  expect(npmCommand({ npm_execpath: another })).not.toContain(another)
})
