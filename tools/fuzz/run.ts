// Tries the properties on many more inputs than the tests do, from a new seed: npm run fuzz [-- RUNS [SEED]]
import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import path from 'node:path'
import { packageScript } from '../run-program.mjs'

const [runs = '20000', seed = String(randomInt(2 ** 31))] = process.argv.slice(2)
console.log(`${runs} inputs for each property, seed ${seed}. To see the same again: npm run fuzz -- ${runs} ${seed}`)
const root = path.resolve(import.meta.dirname, '../..')
// The last asks the whole app, and needs it built.
const commands = [
  [packageScript('vitest'), 'run', 'tools/fuzz', '--testTimeout', '3600000'],
  [packageScript('electron-vite'), 'build', '--logLevel', 'warn'],
  [packageScript('@playwright/test', 'playwright'), 'test', 'e2e/hostile-window.spec.ts', '--timeout', '3600000'],
] as const
for (const args of commands) {
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, FUZZ_RUNS: runs, FUZZ_SEED: seed },
  })
  if (status !== 0) process.exit(status ?? 1)
}
