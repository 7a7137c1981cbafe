import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { createClient } from './client.ts'
import { loadClient } from './load-client.ts'

test('the client is loaded as it is', async () => {
  expect((await loadClient()).createClient).toBe(createClient)
})

test('of the HTTP library’s modules, few are loaded before others have their turn', async () => {
  const code = `
    import { createRequire } from 'node:module'
    import { setImmediate as nextRound } from 'node:timers/promises'
    import { loadClient } from ${JSON.stringify(path.join(import.meta.dirname, 'load-client.ts'))}
    const loaded = () => Object.keys(createRequire(import.meta.url).cache).filter((each) => each.includes('undici')).length
    const rounds = []
    let isLoaded = false
    const loading = loadClient().finally(() => { isLoaded = true })
    while (!isLoaded) {
      rounds.push(loaded())
      await nextRound()
    }
    await loading
    rounds.push(loaded())
    console.log(JSON.stringify(rounds))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: import.meta.dirname,
  })
  const rounds: number[] = JSON.parse(stdout)
  const steps = rounds.map((loaded, index) => loaded - (rounds[index - 1] ?? 0))
  // All of it at once would be more than a hundred.
  expect(rounds.at(-1)).toBeGreaterThan(90)
  expect(Math.max(...steps)).toBeLessThan(20)
})
