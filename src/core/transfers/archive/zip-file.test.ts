import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../folders.fixture.ts'
import { bytesOf } from '../origin.fixture.ts'
import { hasPython, unpacked } from './unpacked.fixture.ts'
import { createZipFile } from './zip-file.ts'

const text = Buffer.from('line after line, '.repeat(60_000))
const packed = { deflate: true, updatedAt: null }
const stored = { deflate: false, updatedAt: null }
const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

test.skipIf(!hasPython)(
  'entries large and small, packed, stored and taken back, come out as they went in',
  async () => {
    const file = path.join(await temporaryFolder(), 'a.zip')
    const zip = await createZipFile(file)
    const kept: [string, string][] = []
    const put = async (name: string, how: typeof packed, parts: readonly Uint8Array[], isKept = true) => {
      zip.begin(name, how)
      for (const part of parts) await zip.write(part)
      if (!isKept) return zip.abandon()
      await zip.finish()
      kept.push([name, sha256Of(Buffer.concat(parts))])
    }
    await put('small', packed, [text.subarray(0, 100)])
    await put('small, taken back', packed, [bytesOf(1, 1_000)], false)
    await put('stored', stored, [bytesOf(2, 200_000), bytesOf(3, 200_000), bytesOf(4, 10)])
    await put('large, taken back', packed, [bytesOf(5, 3_000_000), text], false)
    await put('large', packed, [bytesOf(6, 3_000_000), text, bytesOf(7, 1)])
    await put('empty', packed, [])
    await put('empty and stored', stored, [])
    await put('nothing now and then', packed, [Buffer.alloc(0), text.subarray(0, 7), Buffer.alloc(0)])
    await zip.end()
    expect(unpacked(file)).toEqual(kept)
  },
)

test('of thousands of entries, nothing but their records stays in memory', async () => {
  const file = path.join(await temporaryFolder(), 'a.zip')
  const zip = await createZipFile(file)
  const before = process.memoryUsage().arrayBuffers
  let most = 0
  for (let index = 0; index < 4_000; index += 1) {
    zip.begin(`folder/file-${index}.txt`, packed)
    await zip.write(text.subarray(0, 300))
    await zip.finish()
    most = Math.max(most, process.memoryUsage().arrayBuffers - before)
  }
  await zip.end()
  // Young rubbish may lie there until it is collected; a packer for each entry would hold 80 MiB.
  expect(most).toBeLessThan(24 * 1024 * 1024)
  expect((await readFile(file)).length).toBeGreaterThan(4_000 * 100)
})

test.skipIf(!hasPython)(
  'the records of thousands of entries, with long names and short ones, come out in order',
  async () => {
    const file = path.join(await temporaryFolder(), 'a.zip')
    const zip = await createZipFile(file)
    const names = Array.from(
      { length: 3_000 },
      (_, index) => `${index}${'-long'.repeat(index % 1_000 === 7 ? 13_000 : 3)}`,
    )
    for (const name of names) {
      zip.begin(name, stored)
      await zip.write(Buffer.from(name.slice(0, 3)))
      await zip.finish()
    }
    await zip.end()
    expect(unpacked(file)).toEqual(names.map((name) => [name, sha256Of(Buffer.from(name.slice(0, 3)))]))
  },
)
