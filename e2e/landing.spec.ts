import { globSync, statSync } from 'node:fs'
import path from 'node:path'
import { expect } from '@playwright/test'
import type { Nodes } from '../src/shared/models/listing.ts'
import { ask } from './bridge.ts'
import { test } from './fixtures.ts'

test('a file, a folder, several and the whole run each land where a person looks for them', async ({
  app: { window },
  folder,
}) => {
  const [run] = await ask(window, 'sample:list', undefined)
  const executionId = run?.executionId ?? ''
  const { listing } = await ask(window, 'listing:open', { executionId, source: 'sample' })
  // Answered once the files are there: before that, the five directories are, and are empty.
  await ask(window, 'listing:refresh', { listing })
  await ask(window, 'listing:set-all-open', { listing, open: true })
  const { rows } = await ask(window, 'listing:rows', { listing, from: 0, to: 1_000 })
  const node = (name: string) => rows.find((row) => row.name === name)?.node ?? -1

  async function download(files: Nodes, as: 'files' | 'archive' = 'files') {
    const id = await ask(window, 'transfers:start', { listing, files, to: 'downloads', as })
    const find = async () => (await ask(window, 'transfers:list', undefined)).find((batch) => batch.id === id)
    await expect.poll(async () => (await find())?.status.state).toBe('done')
    return (await find())?.title
  }
  const downloads = path.join(folder, 'home', 'Downloads')
  const landed = () =>
    globSync('**', { cwd: downloads })
      .filter((name) => statSync(path.join(downloads, name)).isFile())
      .map((name) => name.replaceAll(path.sep, '/'))

  expect(await download({ what: 'nodes', nodes: [node('invoices.csv')] })).toBe('invoices.csv')
  expect(landed()).toEqual(['invoices.csv'])
  expect(await download({ what: 'nodes', nodes: [node('invoices.csv'), node('invoices.json')] }, 'archive')).toBe(
    '2 files',
  )
  expect(landed().toSorted()).toEqual(['2 files.zip', 'invoices.csv'])
  expect(await download({ what: 'nodes', nodes: [node('debug')] })).toBe('debug')
  const own = landed().filter((name) => !['2 files.zip', 'invoices.csv'].includes(name))
  expect(own.length).toBeGreaterThan(0)
  expect(own.filter((name) => !name.startsWith('debug/'))).toEqual([])

  expect(await download({ what: 'all' })).toContain('invoices')
  expect(landed().filter((name) => name.endsWith('/workspace/invoices.csv'))).toEqual([
    expect.stringMatching(new RegExp(`^[^/]*invoices[^/]* ${executionId.slice(0, 8)}/workspace/invoices.csv$`)),
  ])
})
