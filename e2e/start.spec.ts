import { expect } from '@playwright/test'
import './bridge.ts'
import { test } from './fixtures.ts'

test('the window opens with the bridge and nothing else of Electron', async ({ app }) => {
  await expect(app.window.locator('#root')).toBeAttached()
  const names = await app.window.evaluate(() => Object.keys(window.api))
  expect(names.toSorted()).toEqual(['invoke', 'on', 'platform', 'startDrag'])
})

test('a sample run is listed through the bridge, and its changes are told', async ({ app }) => {
  const listed = await app.window.evaluate(async () => {
    const { api } = window
    const loaded = new Promise<number>((resolve) =>
      api.on('listing:changed', (listing) => listing.loading === null && resolve(listing.fileCount)),
    )
    const runs = await api.invoke('sample:list', undefined)
    if (!runs.ok) throw new Error(runs.error.message)
    const executionId = runs.value[0]?.executionId ?? ''
    const opened = await api.invoke('listing:open', { executionId, source: 'sample' })
    if (!opened.ok) throw new Error(opened.error.message)
    const fileCount = await loaded
    const rows = await api.invoke('listing:rows', { listing: opened.value.listing, from: 0, to: 100 })
    return { fileCount, rows: rows.ok ? rows.value.rows.map((row) => row.path) : rows.error.message }
  })
  expect(listed.fileCount).toBeGreaterThan(10)
  expect(listed.rows).toContain('workspace')
})
