import { expect, test } from 'vitest'
import type { SourceFile } from '../file-source.ts'
import { createBins } from './bins.ts'
import { type Item, newItem } from './item.ts'

const error = { kind: 'not-found', message: 'It is gone.' } as const

function itemOf(index: number, target = `f${index}`): Item {
  const path = `f${index}`
  const file: SourceFile = {
    id: path,
    path,
    segments: [path],
    size: 1,
    updatedAt: '',
    mimeType: null,
    downloadUrl: '',
  }
  return newItem({ index, file }, [path], [target])
}

/** Bins with items that are `done`, `failed`, `queued`, or done under another name. */
function binsOf(...ends: readonly ('done' | 'renamed' | 'failed' | 'queued')[]) {
  const bins = createBins()
  for (const [index, end] of ends.entries()) {
    const item = itemOf(index, end === 'renamed' ? 'other' : undefined)
    bins.add(item)
    if (end === 'queued') continue
    bins.move(item, { event: 'start' })
    bins.move(item, end === 'failed' ? { event: 'fail', error } : { event: 'finish', note: null })
  }
  return bins
}

test('what failed is listed first, then what was renamed, and what came or is to come last', () => {
  const bins = binsOf('done', 'renamed', 'queued', 'failed', 'done')
  const { total, transfers } = bins.listed([itemOf(5)], { from: 0, to: 9, only: 'all' })
  expect(total).toBe(6)
  expect(transfers.map(({ index }) => index)).toEqual([3, 1, 2, 4, 0, 5])
})

test('what failed and what was renamed can be listed alone, a window at a time', () => {
  const bins = binsOf('failed', 'renamed', 'failed', 'done', 'failed')
  const listed = (only: 'failed' | 'renamed') => bins.listed([], { from: 1, to: 3, only })
  expect(listed('failed')).toMatchObject({ total: 3, transfers: [{ index: 2 }, { index: 4 }] })
  expect(listed('renamed')).toEqual({ total: 1, transfers: [] })
})

test('of any number that came, the last thousand are listed, and the renamed ones among the first, too', () => {
  const bins = binsOf('renamed', ...Array.from({ length: 3_000 }, () => 'done' as const))
  const { total, transfers } = bins.listed([], { from: 0, to: 2_000, only: 'all' })
  expect(total).toBe(1_001)
  expect([transfers[0]?.index, transfers[1]?.index, transfers.at(-1)?.index]).toEqual([0, 3_000, 2_001])
})
