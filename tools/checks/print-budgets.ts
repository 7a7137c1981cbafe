// Prints what the built window weighs, and fails over budget: npm run budgets
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { mainLoadBudget, measureMainLoad, reportMain } from './main-budget.ts'
import { type ModuleList, previewBudget, previewShare } from './preview-share.ts'
import { firstScriptBudget, reportWindow } from './window-budget.ts'

const out = path.resolve(import.meta.dirname, '../../out')
const report = reportWindow(path.join(out, 'renderer'))
const modules = JSON.parse(readFileSync(path.join(out, 'window-modules.json'), 'utf8')) as ModuleList
const ofPreviews = previewShare(modules, report.firstScripts)
const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`
console.log(`The window's first JavaScript: ${kilobytes(report.firstSize)} gzipped of ${kilobytes(firstScriptBudget)}`)
for (const { file, size } of report.firstScripts) console.log(`  ${file} ${kilobytes(size)}`)
console.log(`Of it because of previews: ${kilobytes(ofPreviews)} of ${kilobytes(previewBudget)}`)
console.log(`Loaded when needed: ${kilobytes(report.laterSize)}`)

const entry = path.join(out, 'main/index.js')
const main = reportMain(entry)
const load = measureMainLoad(entry)
console.log(
  `Main's own work before the window, without Electron's: ${load.toFixed(0)} ms of CPU time of ${mainLoadBudget} ms`,
)
console.log(
  `  ${main.files.length} files, ${kilobytes(main.bytes)}, and packages: ${main.packages.join(', ') || 'none'}`,
)

const checker = Object.entries(modules.modules).filter(([name, { script }]) => /\/zod\//.test(name) && script !== null)

const faults = [
  // Main checks what goes both ways: the window takes types alone from the schemas.
  ...(checker.length > 0 ? ['The window holds the library that checks schemas: import types alone from them.'] : []),
  ...report.sourceMaps.map((file) => `A source map was built: ${file}`),
  ...(report.firstSize > firstScriptBudget ? ['The first JavaScript is over its budget.'] : []),
  ...(ofPreviews > previewBudget ? ['Previews make the first JavaScript larger than they may.'] : []),
  ...(load > mainLoadBudget ? ["Main's own work is over its budget."] : []),
  ...main.packages.map((name) => `Loaded before the window, and should be when it is wanted: ${name}`),
]
for (const fault of faults) console.error(fault)
process.exit(faults.length > 0 ? 1 : 0)
