import { expect, test } from '@playwright/test'
import { incompressibleTar, pdf, workbook, zip } from './made-files.ts'
import { previewedRun } from './previewed-run.ts'
import type { Content } from './run-server.ts'

test.describe('the large preview', () => {
  let log = Buffer.from('run started\n')
  let rewritten = Buffer.from('eae1ebe7ecddf1e1', 'hex')
  const opened = previewedRun([
    { name: 'a.txt', content: Buffer.from('the first text') },
    { name: 'b.json', content: Buffer.from('{"second": true}') },
    { name: 'c.xlsx', content: workbook() },
    { name: 'c.csv', content: Buffer.from('Supplier,Due,Amount\nPaper Ltd,2026-01-01,1250.5\n') },
    { name: 'd.pdf', content: pdf(['Third']) },
    { name: 'e.zip', content: zip({ 'in.txt': 'x' }) },
    {
      name: 'f.html',
      content: Buffer.from('<!doctype html><html lang=en><title>t</title><main><h1>Page</h1></main>'),
    },
    { name: 'growing.log', content: contentOf(() => log) },
    { name: 'packed.tar.gz', content: incompressibleTar() },
    { name: 'rewritten.txt', content: contentOf(() => rewritten) },
    { name: 'greek.txt', content: Buffer.from('eae1ebe7ecddf1e1', 'hex') },
  ])

  test('Space opens it, arrows go on to the next file, Space and Escape close it', async () => {
    const { window } = opened().app
    await opened().show('a.txt')
    await window.getByRole('searchbox').first().fill('size:<1mb')
    const tree = window.getByRole('treegrid')
    await expect(tree.getByText('b.json')).toBeVisible()
    await tree.focus()
    await window.keyboard.press('Space')
    const dialog = window.getByRole('dialog')
    await expect(dialog).toContainText('the first text')
    await window.keyboard.press('ArrowDown')
    await expect(dialog.getByRole('heading', { name: 'b.json' })).toBeVisible()
    await expect(dialog).toContainText('second:')
    await window.keyboard.press('ArrowUp')
    await expect(dialog).toContainText('the first text')
    await window.keyboard.press('Space')
    await expect(dialog).toBeHidden()
    await tree.focus()
    await window.keyboard.press('Space')
    await expect(dialog).toBeVisible()
    await window.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
  })

  test('a log is followed at its end while the run goes on', async () => {
    const { window } = opened().app
    const preview = await opened().show('growing.log')
    await expect(preview).toContainText('run started')
    const follow = window.getByRole('button', { name: /follow/i }).first()
    if ((await follow.getAttribute('aria-pressed')) !== 'true') await follow.click()
    await preview.getByRole('button', { name: 'Follow end' }).click()
    await expect(preview).toContainText('run started')
    log = Buffer.concat([log, Buffer.from('and then went on\n')])
    await expect(preview).toContainText('and then went on')
  })

  test('more of a packed archive is listed when it is asked for, until its end', async () => {
    test.slow()
    const preview = await opened().show('packed.tar.gz')
    await expect(preview).toContainText('of the first 1.0 MB of 13 MB')
    await preview.getByRole('button', { name: 'Load more' }).click()
    // On the host, megabytes come as text over the debugging port, which takes its time beside other work.
    await expect(preview).toContainText('of the first 9.4 MB of 13 MB', { timeout: 30_000 })
    await preview.getByRole('button', { name: 'Load more' }).click()
    await expect(preview).toContainText('12 files, 13 MB unpacked', { timeout: 30_000 })
    await expect(preview.getByRole('button', { name: 'Load more' })).toBeHidden()
  })

  test('a text is read in another encoding when a person chooses it', async () => {
    const preview = await opened().show('greek.txt')
    await preview.getByLabel('Encoding').selectOption({ label: 'Greek (Windows-1253)' })
    await expect(preview).toContainText('καλημέρα')
  })

  test('a file that is written anew in another encoding is read in that one, whatever was chosen before', async () => {
    const preview = await opened().show('rewritten.txt')
    await preview.getByLabel('Encoding').selectOption({ label: 'Greek (Windows-1253)' })
    await expect(preview).toContainText('καλημέρα')
    rewritten = Buffer.from('καλησπέρα σε όλους')
    await opened().app.window.getByRole('button', { name: 'Refresh' }).click()
    await expect(preview).toContainText('καλησπέρα σε όλους')
    await expect(preview.getByLabel('Encoding')).toHaveValue('utf-8')
  })

  for (const name of ['c.xlsx', 'c.csv'])
    test(`the first row of ${name} is a header until a person says otherwise`, async () => {
      const preview = await opened().show(name)
      await expect(preview.getByRole('columnheader', { name: 'Supplier' })).toBeVisible()
      await expect(preview.getByText(/^1 row\b/)).toBeVisible()
      await preview.getByLabel('First row is a header').uncheck()
      await expect(preview.getByRole('columnheader')).toHaveCount(0)
      await expect(preview.getByRole('cell', { name: 'Supplier' })).toBeVisible()
      await expect(preview.getByText(/^2 rows\b/)).toBeVisible()
    })
})

/** Content as it is whenever it is asked for. */
function contentOf(now: () => Buffer): Content {
  return {
    get size() {
      return now().length
    },
    part: (from, length) => now().subarray(from, from + length),
  }
}
