import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { reportWindow } from './window-budget.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'window-'))
  mkdirSync(path.join(folder, 'assets'))
  write('index.html', '<script type="module" crossorigin src="./assets/main.js"></script>')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('scripts of the page and their imports are first; what is imported when needed is later', () => {
  write('assets/main.js', 'import{a}from"./shared.js";import"./side.js";const b=()=>import("./later.js")')
  write('assets/shared.js', 'export const a=1')
  write('assets/side.js', '')
  write('assets/later.js', 'import{a}from"./shared.js";import"./deep.js"')
  write('assets/deep.js', '')
  const report = reportWindow(folder)
  expect(report.firstScripts.map(({ file }) => file)).toEqual(['assets/main.js', 'assets/shared.js', 'assets/side.js'])
  expect(report.laterSize).toBeGreaterThan(0)
})

test('sizes are of gzipped bytes', () => {
  write('assets/main.js', 'x'.repeat(1_000_000))
  expect(reportWindow(folder).firstSize).toBeLessThan(10_000)
})

test('source maps are found', () => {
  write('assets/main.js', '')
  write('assets/main.js.map', '{}')
  expect(reportWindow(folder).sourceMaps).toEqual([path.join('assets', 'main.js.map')])
})

function write(file: string, text: string): void {
  writeFileSync(path.join(folder, file), text)
}
