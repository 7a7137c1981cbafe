import { mkdtemp, readdir, stat, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import {
  clearKeptListings,
  forgetKept,
  keep,
  keepView,
  keptListingPath,
  readKept,
  readKeptView,
} from './kept-listings.ts'

const limits = { together: 250, alone: 150 }
const key = (digit: number) =>
  ({ executionId: `3f2504e0-4f89-41d3-9a0c-0305e82c330${digit}`, source: 'account' }) as const

test('what was unused longest makes room, what is too large is not kept, and all of it can be cleared', async () => {
  const folder = path.join(await mkdtemp(path.join(tmpdir(), 'asteroid-files-')), 'listings')
  const at = (digit: number) => keptListingPath(folder, key(digit))
  for (const digit of [1, 2]) {
    await keep(at(digit), new Uint8Array(100).fill(digit), limits)
    await utimes(at(digit), new Date(digit * 1_000), new Date(digit * 1_000))
  }
  expect((await readKept(at(1), new Date(5_000)))?.[0]).toBe(1)
  await keep(at(3), new Uint8Array(100).fill(3), limits)
  expect((await readdir(folder)).sort()).toEqual([at(1), at(3)].map((file) => path.basename(file)))

  await keep(at(3), new Uint8Array(200), limits)
  expect(await readKept(at(3), new Date())).toBeNull()
  await clearKeptListings(folder)
  expect(await readKept(at(1), new Date())).toBeNull()
})

test('how a listing was looked at goes with it: for want of room, when it is kept anew, forgotten or cleared', async () => {
  const folder = path.join(await mkdtemp(path.join(tmpdir(), 'asteroid-files-')), 'listings')
  const at = (digit: number) => keptListingPath(folder, key(digit))
  const view = new Uint8Array([7])
  const left = async () => (await readdir(folder)).map((name) => name.replace(/^.*30/, '')).sort()
  for (const digit of [1, 2, 3]) {
    await keep(at(digit), new Uint8Array(100), limits)
    await keepView(at(digit), view)
    await utimes(at(digit), new Date(digit * 1_000), new Date(digit * 1_000))
  }
  expect(await left()).toEqual(['2.listing', '2.view', '3.listing', '3.view'])
  expect([...((await readKeptView(at(3))) ?? [])]).toEqual([7])

  await keep(at(3), new Uint8Array(100), limits)
  expect(await readKeptView(at(3))).toBeNull()
  await keepView(at(3), view)
  await keep(at(3), new Uint8Array(200), limits)
  expect(await left()).toEqual(['2.listing', '2.view'])
  // Of what has made room there is nothing to keep a view of.
  await keepView(at(3), view)
  expect(await left()).toEqual(['2.listing', '2.view'])
  await forgetKept(at(2))
  expect(await left()).toEqual([])
  await keep(at(1), new Uint8Array(100), limits)
  await keepView(at(1), view)
  await clearKeptListings(folder)
  expect(await left()).toEqual([])
})

// Windows keeps a person's profile from others by itself.
test.skipIf(process.platform === 'win32')('no one but the person reads a listing that is kept', async () => {
  const folder = path.join(await mkdtemp(path.join(tmpdir(), 'asteroid-files-')), 'listings')
  const file = keptListingPath(folder, key(1))
  await keep(file, new Uint8Array(100), limits)
  const modes = (await Promise.all([folder, file].map((place) => stat(place)))).map(({ mode }) => mode & 0o777)
  expect(modes).toEqual([0o700, 0o600])
})

test('clearing ends well while listings are being kept', async () => {
  const folder = path.join(await mkdtemp(path.join(tmpdir(), 'asteroid-files-')), 'listings')
  let cleared = false
  const keepOn = async (file: string) => {
    while (!cleared) await keep(file, new Uint8Array(100)).catch(() => {})
  }
  const keeping = [1, 2, 3, 4].map((digit) => keepOn(keptListingPath(folder, key(digit))))
  for (let round = 0; round < 50; round += 1) await clearKeptListings(folder)
  cleared = true
  await Promise.all(keeping)
  await clearKeptListings(folder)
  expect(await readdir(folder)).toEqual([])
})
