import { lstatSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import type { LaunchedApp } from './launch-app.ts'

/** Opens the first sample run, and answers its listing and its small files. */
async function openSample(app: LaunchedApp) {
  return app.window.evaluate(async () => {
    const { api } = window
    const must = <T>(answer: { ok: true; value: T } | { ok: false; error: { message: string } }): T => {
      if (answer.ok) return answer.value
      throw new Error(answer.error.message)
    }
    const runs = must(await api.invoke('sample:list', undefined))
    const loaded = new Promise<void>((resolve) => {
      api.on('listing:changed', (changed) => changed.loading === null && changed.fileCount > 0 && resolve())
    })
    const { listing } = must(
      await api.invoke('listing:open', { executionId: runs[0]?.executionId ?? '', source: 'sample' }),
    )
    await loaded
    must(await api.invoke('listing:set-all-open', { listing, open: true }))
    const { rows } = must(await api.invoke('listing:rows', { listing, from: 0, to: 1_000 }))
    const files = rows.filter((row) => row.kind === 'file' && (row.size ?? Number.MAX_SAFE_INTEGER) < 100_000)
    return { listing, files: files.map(({ node, name, size }) => ({ node, name, size })) }
  })
}

/** Where the app runs on the host: what it would have asked of the system. */
declare const host: { readonly calls: () => readonly { readonly name: string; readonly args: readonly unknown[] }[] }

async function hostCalls(app: LaunchedApp, name: string): Promise<readonly (readonly unknown[])[]> {
  const calls = await app.evaluate(() => host.calls())
  return calls.filter((call) => call.name === name).map(({ args }) => args)
}

test('a drag hands over the staged files, with a picture, and only when all of them are ready', async ({ app }) => {
  test.skip(app.runtime !== 'host', 'A real drag needs a real pointer: see docs/hand-check.md.')
  const { listing, files } = await openSample(app)
  const small = files.slice(0, 3)
  const nodes = small.map(({ node }) => node)
  await app.window.evaluate((wanted) => window.api.startDrag(wanted), { listing, nodes })
  expect(await hostCalls(app, 'webContents.startDrag')).toEqual([])

  await app.window.evaluate((wanted) => window.api.invoke('staging:prefetch', { ...wanted, urgent: true }), {
    listing,
    nodes,
  })
  await expect
    .poll(async () => {
      await app.window.evaluate((wanted) => window.api.startDrag(wanted), { listing, nodes })
      return (await hostCalls(app, 'webContents.startDrag')).length
    })
    .toBeGreaterThan(0)
  const [[item] = []] = (await hostCalls(app, 'webContents.startDrag')) as [[{ file: string; files: string[] }]]
  expect(item?.files.map((file) => [path.basename(file), lstatSync(file).size])).toEqual(
    small.map(({ name, size }) => [name, size]),
  )
  expect(item?.file).toBe(item?.files[0])
  expect(lstatSync(path.dirname(path.dirname(item?.file ?? ''))).mode & 0o777).toBe(0o700)
})

test('a drag that is not as agreed is refused', async ({ app }) => {
  test.skip(app.runtime !== 'host', 'A real drag needs a real pointer: see docs/hand-check.md.')
  await app.window.evaluate(() => {
    const send = window.api.startDrag as (files: unknown) => void
    send({ listing: 1, nodes: ['/etc/passwd'] })
    send({ listing: 1, nodes: [], files: ['/etc/passwd'] })
    send('/etc/passwd')
  })
  await app.window.evaluate(() => window.api.invoke('app:info', undefined))
  expect(await hostCalls(app, 'webContents.startDrag')).toEqual([])
})

test('files are copied to the clipboard as a file manager pastes them', async ({ app }) => {
  test.skip(process.platform !== 'linux', 'Looks at the formats of Linux; the others are checked by unit tests.')
  const { listing, files } = await openSample(app)
  const small = files.slice(0, 3)
  const nodes = small.map(({ node }) => node)
  const copied = await app.window.evaluate((wanted) => window.api.invoke('staging:copy', wanted), {
    listing,
    files: { what: 'nodes' as const, nodes },
  })
  expect(copied).toEqual({ ok: true, value: small.length })
  const text = await app.evaluate(async ({ clipboard }) => {
    const [item] = await clipboard.read()
    const blob = await item?.getType('electron application/osclipboard;format="x-special/gnome-copied-files"')
    return blob instanceof Blob ? blob.text() : ''
  })
  const [word, ...addresses] = text.split('\n')
  expect(word).toBe('copy')
  expect(addresses.map((address) => readFileSync(new URL(address)).length)).toEqual(small.map(({ size }) => size))
})

test('a file is opened as a read-only copy', async ({ app }) => {
  test.skip(app.runtime !== 'host', 'Would open another app.')
  const { listing, files } = await openSample(app)
  const small = files.find(({ name }) => /\.(csv|json|txt|png|md)$/.test(name))
  const opened = await app.window.evaluate((wanted) => window.api.invoke('staging:open', wanted), {
    listing,
    node: small?.node ?? -1,
  })
  expect(opened.ok).toBe(true)
  const [[file] = []] = (await hostCalls(app, 'shell.openPath')) as [[string]]
  expect([path.basename(file ?? ''), lstatSync(file ?? '').mode & 0o777]).toEqual([small?.name, 0o400])
})

test('a row that is dragged by the pointer hands over its folder once it is marked as ready', async ({ app }) => {
  test.skip(app.runtime !== 'host', 'A real drag needs a real pointer: see docs/hand-check.md.')
  const { window } = app
  await window.getByRole('button', { name: 'Explore a sample run' }).first().click()
  const row = window.getByRole('row', { name: 'uploads' }).first()
  await row.click()
  await expect(row.getByRole('img', { name: 'Ready to drag' })).toBeVisible()
  await row.dragTo(window.getByRole('contentinfo').or(window.locator('body')).first()).catch(() => {})
  await expect.poll(async () => (await hostCalls(app, 'webContents.startDrag')).length).toBe(1)
  const [[item] = []] = (await hostCalls(app, 'webContents.startDrag')) as [[{ file: string }]]
  expect([path.basename(item?.file ?? ''), lstatSync(item?.file ?? '').isDirectory()]).toEqual(['uploads', true])
})
