import { crc32, deflateSync, gzipSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'
import { pdfOf } from './made-pdfs.ts'
import type { Content } from './run-server.ts'

/** A PNG of one colour; `claimed` is the size that its header tells, where not its own. */
export function png(width: number, height: number, claimed = { width, height }): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(claimed.width, 0)
  header.writeUInt32BE(claimed.height, 4)
  header.set([8, 2], 8)
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, 0x88)])
  const rows = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', rows),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

function pngChunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

/** A BMP of one colour, 24 bits a pixel. */
export function bmp(width: number, height: number): Buffer {
  const stride = Math.ceil((width * 3) / 4) * 4
  const bytes = Buffer.alloc(54 + stride * height, 0x77)
  bytes.fill(0, 0, 54)
  bytes.write('BM', 'latin1')
  bytes.writeUInt32LE(bytes.length, 2)
  bytes.writeUInt32LE(54, 10)
  bytes.writeUInt32LE(40, 14)
  bytes.writeInt32LE(width, 18)
  bytes.writeInt32LE(height, 22)
  bytes.writeUInt16LE(1, 26)
  bytes.writeUInt16LE(24, 28)
  return bytes
}

/** An icon that holds a PNG. */
export function icon(): Buffer {
  const picture = png(16, 16)
  const header = Buffer.from([0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 24, 0, 0, 0, 0, 0, 22, 0, 0, 0])
  header.writeUInt32LE(picture.length, 14)
  return Buffer.concat([header, picture])
}

const wavRate = 8_000

/** A second of a tone. */
export function wav(): Buffer {
  return Buffer.concat([wavHeader(wavRate), wavSamples(0, wavRate)])
}

/** A tone of hours: a byte for each of its samples, made as they are asked for. */
export function longWav(seconds: number): Content {
  const length = seconds * wavRate
  const header = wavHeader(length)
  return {
    size: header.length + length,
    part(from, count) {
      const samples = wavSamples(Math.max(0, from - header.length), count)
      return Buffer.concat([header.subarray(from), samples]).subarray(0, count)
    },
  }
}

function wavSamples(from: number, count: number): Buffer {
  return Buffer.from(Array.from({ length: count }, (_, at) => 128 + Math.round(90 * Math.sin((from + at) / 3))))
}

function wavHeader(length: number): Buffer {
  const header = Buffer.alloc(44)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(36 + length, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(wavRate, 24)
  header.writeUInt32LE(wavRate, 28)
  header.writeUInt16LE(1, 32)
  header.writeUInt16LE(8, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(length, 40)
  return header
}

/** A PDF with a page for each text; `extra` goes into its catalogue. */
export function pdf(texts: readonly string[], extra = ''): Buffer {
  const pages = texts.map((_, index) => 4 + index * 2)
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${extra} >>`,
    `<< /Type /Pages /Count ${texts.length} /Kids [${pages.map((number) => `${number} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...texts.flatMap((text, index) => {
      const content = `BT /F1 24 Tf 40 140 Td (${text}) Tj ET 0.2 0.4 0.9 rg 40 40 120 60 re f`
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + index * 2} 0 R >>`,
        `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
      ]
    }),
  ]
  return pdfOf(objects)
}

export function zip(files: Readonly<Record<string, string>>): Buffer {
  return Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))))
}

/** A workbook of two sheets, with a date, a number and a text. */
export function workbook(): Buffer {
  const cell = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`
  const sheet = (rows: string) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`
  return zip({
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml':
      '<workbook><sheets><sheet name="Invoices" r:id="a"/><sheet name="Totals" r:id="b"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/><Relationship Id="b" Target="worksheets/sheet2.xml"/></Relationships>',
    'xl/styles.xml': '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    'xl/worksheets/sheet1.xml': sheet(
      `<row r="1">${cell('Supplier')}${cell('Due')}${cell('Amount')}</row>` +
        `<row r="2">${cell('Ärzte &amp; Söhne')}<c s="1"><v>46023</v></c><c><v>1250.5</v></c></row>`,
    ),
    'xl/worksheets/sheet2.xml': sheet(`<row r="1">${cell('Total')}</row>`),
  })
}

/** A workbook that says that one of its parts unpacks to two gigabytes. */
export function workbookBomb(): Buffer {
  const bytes = workbook()
  const name = Buffer.from('xl/worksheets/sheet1.xml')
  const inDirectory = bytes.lastIndexOf(name)
  bytes.writeUInt32LE(2_000_000_000, inDirectory - 46 + 24)
  return bytes
}

export function tar(files: Readonly<Record<string, string>>): Buffer {
  const parts = Object.entries(files).flatMap(([name, text]) => {
    const content = Buffer.alloc(blocks(Buffer.byteLength(text)))
    content.write(text)
    return [tarHeader(name, Buffer.byteLength(text)), content]
  })
  return Buffer.concat([...parts, Buffer.alloc(1_024)])
}

function blocks(size: number): number {
  return Math.ceil(size / 512) * 512
}

function tarHeader(name: string, size: number): Buffer {
  const header = Buffer.alloc(512)
  header.write(name, 0)
  header.write('0000644\0', 100)
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  header.write('14000000000\0', 136)
  header.write('0', 156)
  header.write('ustar\x0000', 257)
  header.fill(' ', 148, 156)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

/** A tar of a gigabyte: two files of half of it, and a small one at the end. Made as it is asked for. */
export function hugeTar(): Content {
  const half = 500_000_000
  const second = 512 + blocks(half)
  const last = 2 * second
  const headers = new Map([
    [0, tarHeader('first.bin', half)],
    [second, tarHeader('second.bin', half)],
    [last, Buffer.concat([tarHeader('last.txt', 3), Buffer.from('end')])],
  ])
  return {
    size: last + 512 + 512 + 1_024,
    part(from, length) {
      const bytes = Buffer.alloc(length)
      for (const [at, header] of headers)
        if (at < from + length && at + header.length > from) put(bytes, header, at - from)
      return bytes
    },
  }
}

/** Copies bytes to a place that may begin before the target. */
function put(target: Buffer, bytes: Buffer, at: number): void {
  bytes.copy(target, Math.max(0, at), Math.max(0, -at))
}

/** A packed tar of twelve megabytes, of content that packing does not make smaller. */
export function incompressibleTar(): Buffer {
  const parts = Array.from({ length: 12 }, (_, index) => {
    const content = Buffer.alloc(1024 * 1024)
    let state = index + 1
    for (let at = 0; at < content.length; at += 4) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      content.writeUInt32LE(state, at)
    }
    return Buffer.concat([tarHeader(`part-${index}.bin`, content.length), content])
  })
  return gzipSync(Buffer.concat([...parts, Buffer.alloc(1_024)]), { level: 1 })
}

/** Two hundred megabytes of zeros in two hundred kilobytes. */
export function gzipBomb(): Buffer {
  const piece = gzipSync(Buffer.alloc(20 * 1024 * 1024))
  return Buffer.concat(Array.from({ length: 10 }, () => piece))
}

/** An SVG drawing whose few elements stand for a billion shapes. */
export function drawingBomb(): string {
  const levels = Array.from(
    { length: 9 },
    (_, level) => `<g id="l${level + 1}">${`<use href="#l${level}"/>`.repeat(10)}</g>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect id="l0" width="1" height="1"/>${levels.join('')}</svg>`
}
