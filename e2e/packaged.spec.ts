import path from 'node:path'
import { expect } from '@playwright/test'
import { extractPackedApp, findPackedApps } from '../tools/package/packed-app.ts'
import { test } from './fixtures.ts'
import { electronBinary, projectFolder } from './launch-app.ts'

const [packed] = findPackedApps(path.join(projectFolder, 'dist'))

// Plain Node cannot read an archive as Electron does. The files are taken out of it to a folder far from node_modules,
// which shows that all that the code loads at a start was packed; not that Electron starts it.
test('the packaged code starts from its own files alone, and opens a sample run', async ({ launch, folder }) => {
  test.skip(electronBinary() !== null, 'npm run smoke starts the package itself, in the real Electron.')
  test.skip(!packed, 'There is no package yet: npm run package -- --dir')
  if (!packed) return
  const target = path.join(folder, 'packed')
  extractPackedApp(packed, target)
  const app = await launch({ folder: target })
  const fileCount = await app.window.evaluate(async () => {
    const runs = await window.api.invoke('sample:list', undefined)
    if (!runs.ok) throw new Error(runs.error.message)
    const loaded = new Promise<number>((resolve) =>
      window.api.on('listing:changed', (listing) => listing.loading === null && resolve(listing.fileCount)),
    )
    const executionId = runs.value[0]?.executionId ?? ''
    const opened = await window.api.invoke('listing:open', { executionId, source: 'sample' })
    if (!opened.ok) throw new Error(opened.error.message)
    return loaded
  })
  expect(fileCount).toBeGreaterThan(10)
  const account = await app.window.evaluate(() => window.api.invoke('account:status', undefined))
  expect(account).toMatchObject({ ok: true })
})
