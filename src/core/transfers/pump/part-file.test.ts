import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../folders.fixture.ts'
import { giveBuffer, mostGathered, takeBuffer } from './gather-buffers.ts'
import { openPartFile } from './part-file.ts'

const piece = 16 * 1024

function bytesOf(file: number, length: number): Buffer {
  return Buffer.from(Array.from({ length }, (_, at) => (at * 7 + (at >> 8) + file * 31) & 255))
}

test('files that come in turns, and after each other, keep their own bytes', async () => {
  const folder = await temporaryFolder()
  const sizes = [1, piece, 3 * piece + 5, 4 * piece, 4 * piece + 1, mostGathered, mostGathered + 1, 40 * piece + 9]
  for (let round = 0; round < 3; round += 1) {
    const files = sizes.map((size, index) => {
      const file = path.join(folder, `${round}-${index}`)
      return { file, bytes: bytesOf(round * 10 + index, size), part: openPartFile(file, 0, () => {}) }
    })
    // Of every other one nobody has said how long it will be.
    for (const [index, { part, bytes }] of files.entries()) if (index % 2 === 0) part.expect(bytes.length)
    for (let at = 0; at < 41 * piece; at += piece)
      for (const { part, bytes } of files) if (at < bytes.length) part.append(bytes.subarray(at, at + piece))
    for (const { part } of files) part.flush()
    const given = openPartFile(path.join(folder, `${round}-cut`), 0, () => {})
    given.append(bytesOf(99, piece))
    given.close()
    for (const { part } of files) part.close()
    for (const { file, bytes } of files) expect(readFileSync(file).equals(bytes), file).toBe(true)
  }
})

test('one who goes on after a flush gathers again', async () => {
  const file = path.join(await temporaryFolder(), 'a')
  const part = openPartFile(file, 0, () => {})
  part.append(bytesOf(1, 10))
  part.flush()
  const other = takeBuffer(Number.POSITIVE_INFINITY).fill(0)
  part.append(bytesOf(2, 10))
  part.flush()
  part.close()
  expect(readFileSync(file)).toEqual(Buffer.concat([bytesOf(1, 10), bytesOf(2, 10)]))
  expect(other.every((byte) => byte === 0)).toBe(true)
})

test.each([1, piece, mostGathered - 1, mostGathered, mostGathered + 1, Number.POSITIVE_INFINITY])(
  'a buffer for %d bytes has room for them or for as many as are gathered, and is used again once it was given back',
  (wanted) => {
    const first = takeBuffer(wanted)
    const second = takeBuffer(wanted)
    expect(first.length).toBeGreaterThanOrEqual(Math.min(wanted, mostGathered))
    expect(second).not.toBe(first)
    giveBuffer(first)
    expect(takeBuffer(wanted)).toBe(first)
    giveBuffer(first)
    giveBuffer(second)
  },
)
