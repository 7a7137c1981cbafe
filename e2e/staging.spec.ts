import { lstatSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { expect } from '@playwright/test'
import { ask } from './bridge.ts'
import { test } from './fixtures.ts'
import type { LaunchedApp } from './launch-app.ts'
import { exploreSample } from './window/files-view.ts'

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

test('what is too large to drag is offered as a download, and then drags from where it lies', async ({
  app,
  folder,
}) => {
  test.skip(app.runtime !== 'host', 'A real drag needs a real pointer: see docs/hand-check.md.')
  const { window } = app
  await ask(window, 'settings:change', { stageFileLimit: 0 })
  const { row, transfers } = await exploreSample(window)
  const drag = () => row('invoices.csv').dragTo(window.getByRole('contentinfo').last())
  await row('invoices.csv').click()
  const offer = window.getByLabel('Notices').getByRole('button', { name: 'Download to…' })
  // How a file stands is told within moments of its selection.
  await expect(async () => {
    await drag()
    await expect(offer).toBeVisible({ timeout: 1_000 })
  }).toPass()
  expect(await hostCalls(app, 'webContents.startDrag')).toEqual([])

  await window.keyboard.press('Control+s')
  await expect(transfers.getByText(/^Done/)).toBeVisible()
  await expect(row('invoices.csv').getByRole('img', { name: 'Ready to drag' })).toBeVisible()
  await drag()
  await expect.poll(async () => (await hostCalls(app, 'webContents.startDrag')).length).toBe(1)
  const [[item] = []] = (await hostCalls(app, 'webContents.startDrag')) as [[{ file: string }]]
  expect(item?.file).toBe(path.join(folder, 'home', 'Downloads', 'invoices.csv'))
})

test('a folder too, once it is downloaded', async ({ app, folder }) => {
  test.skip(app.runtime !== 'host', 'A real drag needs a real pointer: see docs/hand-check.md.')
  const { window } = app
  await ask(window, 'settings:change', { stageFileLimit: 0 })
  const { row, transfers } = await exploreSample(window)
  await row('downloads').click()
  await window.keyboard.press('Control+s')
  await expect(transfers.getByText(/^Done/)).toBeVisible()
  await expect(row('downloads').getByRole('img', { name: 'Ready to drag' })).toBeVisible()
  await row('downloads').dragTo(window.getByRole('contentinfo').last())
  await expect.poll(async () => (await hostCalls(app, 'webContents.startDrag')).length).toBe(1)
  const [[item] = []] = (await hostCalls(app, 'webContents.startDrag')) as [[{ file: string }]]
  expect(item?.file).toBe(path.join(folder, 'home', 'Downloads', 'downloads'))
})

test('a copy that was moved away is not dragged again: the row says so, and it is made anew', async ({ app }) => {
  test.skip(app.runtime !== 'host', 'A real drag needs a real pointer: see docs/hand-check.md.')
  const { window } = app
  const { row } = await exploreSample(window)
  const mark = row('invoices.csv').getByRole('img', { name: 'Ready to drag' })
  await row('invoices.csv').click()
  await expect(mark).toBeVisible()
  const dragged = async () => (await hostCalls(app, 'webContents.startDrag')) as readonly [{ file: string }][]
  const drag = () => row('invoices.csv').dragTo(window.getByRole('contentinfo').last())
  await drag()
  await expect.poll(async () => (await dragged()).length).toBe(1)
  const [[first] = []] = await dragged()
  rmSync(first?.file ?? '')
  await expect(async () => {
    await drag()
    expect((await dragged()).length).toBe(2)
  }).toPass()
  const second = (await dragged())[1]?.[0]
  expect([path.basename(second?.file ?? ''), second?.file === first?.file]).toEqual(['invoices.csv', false])
  expect(lstatSync(second?.file ?? '').size).toBeGreaterThan(0)
})
