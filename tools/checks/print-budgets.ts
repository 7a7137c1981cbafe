// Prints what the built window weighs, and fails over budget: npm run budgets
import path from 'node:path'
import { firstScriptBudget, reportWindow } from './window-budget.ts'

const report = reportWindow(path.resolve(import.meta.dirname, '../../out/renderer'))
const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`
console.log(`The window's first JavaScript: ${kilobytes(report.firstSize)} gzipped of ${kilobytes(firstScriptBudget)}`)
for (const { file, size } of report.firstScripts) console.log(`  ${file} ${kilobytes(size)}`)
console.log(`Loaded when needed: ${kilobytes(report.laterSize)}`)
for (const file of report.sourceMaps) console.error(`A source map was built: ${file}`)
if (report.firstSize > firstScriptBudget) console.error('The first JavaScript is over its budget.')
process.exit(report.firstSize > firstScriptBudget || report.sourceMaps.length > 0 ? 1 : 0)
