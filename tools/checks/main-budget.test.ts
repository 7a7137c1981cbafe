import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { reportMain } from './main-budget.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'main-'))
  mkdirSync(path.join(folder, 'chunks'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('what is imported at once is counted, and packages among it are named; what is loaded when wanted is not', () => {
  write(
    'index.js',
    'import { a as b } from "./chunks/a.js";\nimport { app } from "electron";\nimport fs from "node:fs";\nconst c = () => import("./chunks/late.js");\n',
  )
  write('chunks/a.js', 'import "./b.js";\nexport const a = 1;\n')
  write('chunks/b.js', 'import { Agent } from "undici";\nexport { x } from "path";\n')
  write('chunks/late.js', 'import keytar from "keytar";\n')
  const report = reportMain(path.join(folder, 'index.js'))
  expect(report.files).toEqual(['chunks/a.js', 'chunks/b.js', 'index.js'])
  expect(report.packages).toEqual(['undici'])
  expect(report.bytes).toBeGreaterThan(100)
})

function write(file: string, text: string): void {
  writeFileSync(path.join(folder, file), text)
}
