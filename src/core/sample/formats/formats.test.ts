import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { crc32, inflateSync } from 'node:zlib'
import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { encodePng } from '../../png.ts'
import { encodeJpeg } from './jpeg.ts'
import { encodePdf } from './pdf.ts'
import { createPicture, fill, write } from './picture.ts'
import { encodeWav } from './wav.ts'
import { encodeXlsx } from './xlsx.ts'

const picture = createPicture(61, 43, [240, 244, 250])
fill(picture, { x: -5, y: 10, width: 30, height: 100 }, [200, 40, 30])
write(picture, 'Ok 42', { x: 28, y: 20, dot: 1 }, [10, 20, 90])

test('a PNG holds the pixels, line by line, and every chunk its checksum', () => {
  const file = encodePng(picture)
  const chunks = new Map<string, Buffer>()
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at)
    expect(file.readUInt32BE(at + 8 + length)).toBe(crc32(file.subarray(at + 4, at + 8 + length)))
    chunks.set(file.toString('latin1', at + 4, at + 8), file.subarray(at + 8, at + 8 + length))
    at += 12 + length
  }
  expect([...chunks.keys()]).toEqual(['IHDR', 'IDAT', 'IEND'])
  const lines = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0))
  const stride = 61 * 3
  const pixels = Array.from({ length: 43 }, (_, y) => lines.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1)))
  expect(Buffer.concat(pixels).equals(Buffer.from(picture.pixels))).toBe(true)
})

const compare = '/usr/bin/compare'
if (!existsSync(compare)) process.stderr.write('The test of JPEG is skipped: ImageMagick is not installed.\n')
test.skipIf(!existsSync(compare))('a JPEG decodes to nearly the same picture', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'asteroid-files-formats-'))
  writeFileSync(path.join(folder, 'a.png'), encodePng(picture))
  writeFileSync(path.join(folder, 'a.jpg'), encodeJpeg(picture))
  const { stderr } = spawnSync(compare, ['-metric', 'PSNR', 'a.png', 'a.jpg', 'null:'], {
    cwd: folder,
    encoding: 'utf8',
  })
  rmSync(folder, { recursive: true })
  expect(Number.parseFloat(stderr)).toBeGreaterThan(28)
})

test('the table of a PDF points at its objects', () => {
  const text = encodePdf('A (b)', [
    { heading: 'One', lines: ['(x) \\ y'] },
    { heading: 'Two', lines: [] },
  ]).toString('latin1')
  const table = Number(/startxref\n(\d+)\n%%EOF/.exec(text)?.[1])
  expect(text.slice(table, table + 4)).toBe('xref')
  const offsets = [...text.slice(table).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset))
  expect(offsets).toHaveLength(9)
  for (const [index, offset] of offsets.entries())
    expect(text.slice(offset).startsWith(`${index + 1} 0 obj\n`)).toBe(true)
  for (const [, length = '', body = ''] of text.matchAll(/\/Length (\d+) >>\nstream\n(.*?)\nendstream/gs))
    expect(body.length).toBe(Number(length))
})

test('a WAV says its own length', () => {
  const file = encodeWav([
    { hertz: 440, seconds: 0.1 },
    { hertz: 0, seconds: 0.05 },
  ])
  expect([file.readUInt32LE(4) + 8, file.readUInt32LE(40) + 44]).toEqual([file.length, file.length])
  expect(file.length).toBe(44 + 2 * (2_205 + 1_103))
})

test('a workbook holds its sheets, is escaped, and is the same every time', () => {
  const make = () =>
    encodeXlsx([
      {
        name: 'A & B',
        rows: [
          ['head', 'x'],
          ['<b>"q"', 1.5],
        ],
      },
    ])
  const parts = unzipSync(make())
  expect(strFromU8(parts['xl/workbook.xml'] ?? new Uint8Array())).toContain('name="A &amp; B"')
  const sheet = strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
  expect(sheet).toContain(
    '<c r="A2" s="0" t="inlineStr"><is><t xml:space="preserve">&lt;b&gt;&quot;q&quot;</t></is></c>',
  )
  expect(sheet).toContain('<c r="B2" s="0"><v>1.5</v></c>')
  expect(Buffer.from(make()).equals(Buffer.from(make()))).toBe(true)
})
