import { gzipSync, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import type { PreviewHead } from '../../../../shared/models/preview.ts'
import type { ArchiveEntry, ArchivePart, ArchiveReader } from './archive-entry.ts'
import { createGzipReader } from './gzip-reader.ts'
import { createGzipScanner } from './gzip-scanner.ts'
import { PreviewProblem, type PreviewReader } from './preview-reader.ts'
import { createTarReader } from './tar-reader.ts'
import { createTarScanner } from './tar-scanner.ts'
import { findZipDirectory } from './zip-directory.ts'
import { createZipReader } from './zip-reader.ts'

const zip = zipSync({ 'a.txt': new Uint8Array(5), 'folder/ü.txt': new Uint8Array(7) })

/** What the window is told of a file when it is opened, with a reader of its parts that counts them. */
function opened(bytes: Uint8Array<ArrayBuffer>, firstLength = 1_000) {
  const reads: { readonly from: number; readonly length: number }[] = []
  const firstBytes = bytes.slice(0, firstLength)
  const head = { size: bytes.length, firstBytes, complete: firstLength >= bytes.length, canRange: true } as PreviewHead
  const reader = {
    read: async (from: number, length: number) => {
      const part = bytes.slice(from, from + length)
      reads.push({ from, length: part.length })
      return { from, bytes: part, size: bytes.length }
    },
  } as PreviewReader
  return { head, reader, reads }
}

/** Reads an archive to its end; answers how its parts ended. */
async function readAll({ next }: ArchiveReader) {
  const entries: ArchiveEntry[] = []
  const rests: ArchivePart['rest'][] = []
  do {
    const part = await next()
    entries.push(...part.entries)
    rests.push(part.rest)
  } while (rests.at(-1) === 'more')
  return { entries, rests }
}

test('lists a zip from its end alone', async () => {
  const large = zipSync({ 'a.bin': [new Uint8Array(300_000), { level: 0 }], 'b.txt': new Uint8Array(7) })
  const { head, reader, reads } = opened(large)
  const { entries, rests } = await readAll(createZipReader(reader, head))
  expect(entries.map(({ name, size }) => [name, size])).toEqual([
    ['a.bin', 300_000],
    ['b.txt', 7],
  ])
  expect(rests).toEqual(['none'])
  expect(reads.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(70_000)
})

test('a long list of a zip comes in parts, whole', async () => {
  const names = Array.from({ length: 20_000 }, (_, index) => `${'folder/'.repeat(10)}${index}.txt`)
  const { head, reader } = opened(zipSync(Object.fromEntries(names.map((name) => [name, new Uint8Array()]))))
  const { entries, rests } = await readAll(createZipReader(reader, head))
  expect(entries.map(({ name }) => name)).toEqual(names)
  expect(rests).toEqual(['more', 'none'])
})

test('a zip with a comment is found too; one that lies about its directory is not', async () => {
  const commented = new Uint8Array(zip.length + 9)
  commented.set(zip)
  commented[zip.length - 2] = 9
  const found = opened(commented)
  expect((await readAll(createZipReader(found.reader, found.head))).entries.length).toBe(2)
  const lying = new Uint8Array(zip)
  new DataView(lying.buffer).setUint32(lying.length - 6, 0x7fffffff, true)
  for (const bytes of [lying, new Uint8Array(100)]) {
    const { head, reader } = opened(bytes)
    await expect(createZipReader(reader, head).next()).rejects.toThrow('This archive is broken')
  }
})

test('a directory that breaks off gives what is there, and says that it is not all', async () => {
  const broken = new Uint8Array(zip)
  const { from, length } = findZipDirectory(zip, zip.length) ?? { from: 0, length: 0 }
  // The mark at the start of the last entry.
  broken[broken.subarray(0, from + length).lastIndexOf(0x50)] = 0
  const { head, reader } = opened(broken)
  const { entries, rests } = await readAll(createZipReader(reader, head))
  expect([entries.length, rests]).toEqual([1, ['cut']])
})

/** The archive above in the 64-bit form, whose second file claims five gigabytes (APPNOTE.TXT 4.3.14, 4.5.3). */
function largeForm(): Uint8Array<ArrayBuffer> {
  const { from, length } = findZipDirectory(zip, zip.length) ?? { from: 0, length: 0 }
  const second = zip.subarray(0, from + length).lastIndexOf(0x50)
  const end = from + length
  const bytes = new Uint8Array(end + 12 + 56 + 20 + 22)
  bytes.set(zip.subarray(0, end))
  const view = new DataView(bytes.buffer)
  view.setUint32(second + 24, 0xffffffff, true)
  view.setUint16(second + 30, 12, true)
  view.setUint16(end, 1, true)
  view.setUint16(end + 2, 8, true)
  view.setBigUint64(end + 4, 5_000_000_000n, true)
  const record = end + 12
  view.setUint32(record, 0x06064b50, true)
  view.setBigUint64(record + 32, 2n, true)
  view.setBigUint64(record + 40, BigInt(length + 12), true)
  view.setBigUint64(record + 48, BigInt(from), true)
  view.setUint32(record + 56, 0x07064b50, true)
  view.setBigUint64(record + 64, BigInt(record), true)
  view.setUint32(record + 76, 0x06054b50, true)
  view.setUint16(record + 86, 0xffff, true)
  view.setUint32(record + 88, 0xffffffff, true)
  view.setUint32(record + 92, 0xffffffff, true)
  return bytes
}

test('lists a zip in its form for large archives', async () => {
  const { head, reader } = opened(largeForm(), 50)
  const { entries, rests } = await readAll(createZipReader(reader, head))
  expect(entries.map(({ name, size }) => [name, size])).toEqual([
    ['a.txt', 5],
    ['folder/ü.txt', 5_000_000_000],
  ])
  expect(rests).toEqual(['none'])
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

test('a tar is listed header by header, jumping over what is in it', async () => {
  const large = 'x'.repeat(3_000_000)
  const parts = [tarEntry('a.bin', large), tarEntry('b.bin', large), tarEntry('c.txt', 'end'), new Uint8Array(1_024)]
  const tar = new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer())
  const { head, reader, reads } = opened(tar)
  const { entries, rests } = await readAll(createTarReader(reader, head))
  expect(entries.map(({ name, size }) => [name, size])).toEqual([
    ['a.bin', 3_000_000],
    ['b.bin', 3_000_000],
    ['c.txt', 3],
  ])
  expect(rests.at(-1)).toBe('none')
  expect(reads.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(600_000)
})

test('a tar that breaks off says so, and one without its end mark is whole', async () => {
  const two = [...tarEntry('a', 'x'), ...tarEntry('b', 'y'.repeat(5_000))]
  const whole = opened(new Uint8Array(two))
  expect((await readAll(createTarReader(whole.reader, whole.head))).rests).toEqual(['none'])
  const cut = opened(new Uint8Array(two.slice(0, -1_000)))
  const { entries, rests } = await readAll(createTarReader(cut.reader, cut.head))
  expect([entries.length, rests]).toEqual([2, ['cut']])
})

test('a packed tar is listed part by part, each adding what it brought', () => {
  const names = Array.from({ length: 200 }, (_, index) => `file-${index}.txt`)
  const tar = new Uint8Array(names.flatMap((name) => [...tarEntry(name, String(Math.random()).repeat(200))]))
  const packed = gzipSync(tar)
  const scanner = createGzipScanner('files.tar.gz')
  const middle = Math.floor(packed.length / 2)
  const first = scanner.push(packed.subarray(0, middle), false)
  const second = scanner.push(packed.subarray(middle), true)
  expect([first.rest, first.entries.length > 50, first.entries.length < 150]).toEqual(['more', true, true])
  expect([...first.entries, ...second.entries].map(({ name }) => name)).toEqual(names)
})

test('a packed tar without its end mark is whole, and one that was cut off is not', () => {
  const two = new Uint8Array([...tarEntry('a', 'x'), ...tarEntry('b', 'y'.repeat(100_000))])
  const restOf = (packed: Uint8Array) => createGzipScanner('files.tgz').push(packed, true).rest
  expect(restOf(gzipSync(two))).toBe('none')
  expect(restOf(gzipSync(two, { level: 0 }).subarray(0, -1_000))).toBe('cut')
  for (const lost of [100, 512 + 100]) expect(restOf(gzipSync(two.subarray(0, -lost)))).toBe('cut')
  expect(restOf(gzipSync(new Uint8Array([...two, ...tarEntry('c', '').subarray(0, 100)])))).toBe('cut')
})

test('a tar that breaks off within a header says so', async () => {
  const { head, reader } = opened(new Uint8Array([...tarEntry('a', 'x'), ...tarEntry('b', '').subarray(0, 100)]))
  const { entries, rests } = await readAll(createTarReader(reader, head))
  expect([entries.length, rests]).toEqual([1, ['cut']])
})

test('a packed archive that could not be unpacked further is cut there, and nothing asks for more of it', async () => {
  const { head, reader } = opened(new Uint8Array(3 * 1024 * 1024))
  const asked: number[] = []
  const unpacking = {
    unpack: async (bytes: Uint8Array): Promise<Omit<ArchivePart, 'reached'>> => {
      asked.push(bytes.length)
      if (asked.length > 1) throw new PreviewProblem('This archive takes too long to unpack.')
      const entry = { name: 'a', isFolder: false, size: 1, updatedAt: null, isLocked: false }
      return { entries: [entry], rest: 'more' }
    },
    end() {},
  }
  const { entries, rests } = await readAll(createGzipReader(reader, head, unpacking))
  expect([entries.length, rests]).toEqual([1, ['more', 'cut']])

  const never = { unpack: () => Promise.reject(new PreviewProblem('This archive takes too long to unpack.')), end() {} }
  await expect(createGzipReader(reader, head, never).next()).rejects.toThrow('takes too long')
})

test('a gzip of one file names it, and one that is broken says so', () => {
  const packed = gzipSync(new TextEncoder().encode('hello'))
  expect(createGzipScanner('one.txt.gz').push(packed, true).entries).toMatchObject([{ name: 'one.txt', size: 5 }])
  expect(() => createGzipScanner('files.tgz').push(packed.subarray(0, 8), true)).toThrow('This archive is broken')
})
