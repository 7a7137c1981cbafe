import { zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { createTarScanner } from './tar-scanner.ts'
import { findZipDirectory, readZipDirectory } from './zip-directory.ts'

const zip = zipSync({ 'a.txt': new Uint8Array(5), 'folder/ü.txt': new Uint8Array(7) })

function listZip(bytes: Uint8Array, tailLength = bytes.length) {
  const directory = findZipDirectory(bytes.subarray(bytes.length - tailLength), bytes.length)
  if (!directory) return null
  const { from, length, count } = directory
  return readZipDirectory(bytes.subarray(from, from + length), count)
}

test('lists a zip from its end alone', () => {
  const listing = listZip(zip, 22)
  expect(listing?.entries.map(({ name, size }) => [name, size])).toEqual([
    ['a.txt', 5],
    ['folder/ü.txt', 7],
  ])
  expect(listing?.isWhole).toBe(true)
})

test('a zip with a comment is found too; one that lies about its directory is not', () => {
  const commented = new Uint8Array(zip.length + 9)
  commented.set(zip)
  commented[zip.length - 2] = 9
  expect(listZip(commented)?.entries.length).toBe(2)
  const lying = new Uint8Array(zip)
  new DataView(lying.buffer).setUint32(lying.length - 6, 0x7fffffff, true)
  expect(listZip(lying)).toBeNull()
  expect(listZip(new Uint8Array(100))).toBeNull()
})

test('a directory that was cut off gives what is there, and says that it is not all', () => {
  const { from, length, count } = findZipDirectory(zip, zip.length) ?? { from: 0, length: 0, count: 0 }
  const listing = readZipDirectory(zip.subarray(from, from + length - 5), count)
  expect([listing.entries.length, listing.isWhole]).toEqual([1, false])
})

/** A header of the `ustar` format, and the contents in whole blocks. */
function tarEntry(name: string, content: string, type = '0'): Uint8Array {
  const bytes = new Uint8Array(512 + Math.ceil(content.length / 512) * 512)
  const write = (at: number, text: string) => bytes.set(new TextEncoder().encode(text), at)
  write(0, name.slice(0, 100))
  write(124, content.length.toString(8).padStart(11, '0'))
  write(136, '14000000000')
  write(156, type)
  write(257, 'ustar\u000000')
  write(148, ' '.repeat(8))
  const sum = bytes.subarray(0, 512).reduce((total, byte) => total + byte, 0)
  write(148, `${sum.toString(8).padStart(6, '0')}\0 `)
  write(512, content)
  return bytes
}
const longName = `site/${'long'.repeat(50)}.txt`
const paxRecord = ` path=${longName}\n`

test.each([
  ['GNU', tarEntry('././@LongLink', longName, 'L')],
  ['pax', tarEntry('PaxHeaders/x', `${paxRecord.length + 3}${paxRecord}`, 'x')],
])('lists a tar with long names in the manner of %s, in whatever pieces it comes', (_, longRecord) => {
  const parts = [
    tarEntry('site/', '', '5'),
    tarEntry('site/index.html', 'x'.repeat(700)),
    longRecord,
    tarEntry('cut', 'hello'),
    new Uint8Array(1_024),
  ]
  const tar = new Uint8Array(parts.flatMap((part) => [...part]))
  const scanner = createTarScanner(100)
  for (let at = 0; at < tar.length; at += 777) if (!scanner.push(tar.subarray(at, at + 777))) break
  expect(scanner.entries().map(({ name, size, isFolder }) => [name, size, isFolder])).toEqual([
    ['site/', 0, true],
    ['site/index.html', 700, false],
    [longName, 5, false],
  ])
  expect([scanner.isWhole(), scanner.isTar()]).toEqual([true, true])
})

test('what is no tar is told apart, and an endless one ends', () => {
  const scanner = createTarScanner(100)
  expect(scanner.push(new Uint8Array(1_024).fill(65))).toBe(false)
  expect(scanner.isTar()).toBe(false)
  const header = tarEntry('a', '')
  const endless = createTarScanner(100)
  for (let count = 0; count < 1_000; count += 1) if (!endless.push(header)) break
  expect([endless.entries().length, endless.isWhole()]).toEqual([100, false])
})
