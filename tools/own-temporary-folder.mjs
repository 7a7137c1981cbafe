// Plain JavaScript for Node 20 and later: `npm test` needs it before anything is installed. Vitest and Playwright call its
// default export before their first worker starts.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const prefix = 'asteroid-files-'

/**
 * Gives this process, and all that it starts from now on, a temporary folder of their own, and removes it when this process
 * ends. What a killed test or browser left in there goes along. Whoever was started by one that has such a folder shares it.
 */
export default function useOwnTemporaryFolder() {
  // One within another would make the path of Chromium's socket longer than the 107 bytes that Linux allows.
  if (path.basename(tmpdir()).startsWith(prefix)) return
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), prefix))
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder
  process.on('exit', () => {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    } catch (error) {
      process.stderr.write(`“${folder}” could not be removed: ${error}\n`)
    }
  })
  // These would end a process without its exit handlers. An interrupt is for whoever runs the tests to handle.
  for (const signal of ['SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1))
}
