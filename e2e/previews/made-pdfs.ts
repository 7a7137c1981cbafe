import { readFileSync } from 'node:fs'
import path from 'node:path'

const standardFonts = path.resolve(import.meta.dirname, '../../node_modules/pdfjs-dist/standard_fonts')

/** Bytes, or Latin text. An object of a PDF is numbered by its place, from 1; the first is the catalogue. */
type PdfObject = Buffer | string

/** A PDF of these objects. */
export function pdfOf(objects: readonly PdfObject[]): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n')]
  const offsets = objects.map((object, index) => {
    const at = parts.reduce((sum, part) => sum + part.length, 0)
    parts.push(Buffer.from(`${index + 1} 0 obj\n`), latin(object), Buffer.from('\nendobj\n'))
    return at
  })
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const at = parts.reduce((sum, part) => sum + part.length, 0)
  const size = objects.length + 1
  const end = `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF`
  return Buffer.concat([...parts, Buffer.from(end)])
}

/** A stream, with entries of its dictionary. */
function stream(content: PdfObject, entries = ''): Buffer {
  const bytes = latin(content)
  return Buffer.concat([
    Buffer.from(`<< /Length ${bytes.length} ${entries} >>\nstream\n`),
    bytes,
    Buffer.from('\nendstream'),
  ])
}

/** A page of 300 by 200 points whose content draws with `/F1` and `/I1`. */
function onePage(content: string, resources: string, others: readonly PdfObject[]): Buffer {
  return pdfOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Resources << ${resources} >> /Contents 4 0 R >>`,
    stream(content),
    ...others,
  ])
}

/** Two black squares, 72 points a side, in a font that every reader is to have: the first from (50, 50) on. */
export function squareInStandardFont(): Buffer {
  return onePage('BT /F1 100 Tf 40 50 Td (nn) Tj ET', '/Font << /F1 5 0 R >>', [
    '<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>',
  ])
}

/** “HHH” in a font of its own, whose codes are those of Japanese text: without their map nobody knows its letters. */
export function lettersByCharacterMap(): Buffer {
  const font = readFileSync(path.join(standardFonts, 'LiberationSans-Bold.ttf'))
  // In Adobe's collection for Japanese, H has the number 41; in this font, it is the 43rd drawing.
  const drawings = Buffer.alloc(2 * 100)
  drawings.writeUInt16BE(43, 2 * 41)
  return onePage('BT /F1 100 Tf 40 50 Td <004800480048> Tj ET', '/Font << /F1 5 0 R >>', [
    '<< /Type /Font /Subtype /Type0 /BaseFont /LiberationSans-Bold /Encoding /UniJIS-UTF16-H /DescendantFonts [6 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /LiberationSans-Bold /CIDSystemInfo << /Registry (Adobe) ' +
      '/Ordering (Japan1) /Supplement 6 >> /FontDescriptor 7 0 R /DW 722 /CIDToGIDMap 9 0 R >>',
    '<< /Type /FontDescriptor /FontName /LiberationSans-Bold /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 ' +
      '/Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 /FontFile2 8 0 R >>',
    stream(font, `/Length1 ${font.length}`),
    stream(drawings),
  ])
}

/** Japanese text in a font that is not in the file: “日本語”, in Shift-JIS. */
export function japaneseText(): Buffer {
  return onePage('BT /F1 60 Tf 40 60 Td <93fa967b8cea> Tj ET', '/Font << /F1 5 0 R >>', [
    '<< /Type /Font /Subtype /Type0 /BaseFont /MS-Mincho /Encoding /90ms-RKSJ-H /DescendantFonts [6 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /MS-Mincho /CIDSystemInfo << /Registry (Adobe) ' +
      '/Ordering (Japan1) /Supplement 2 >> /FontDescriptor 7 0 R /DW 1000 >>',
    '<< /Type /FontDescriptor /FontName /MS-Mincho /Flags 4 /FontBBox [0 -136 1000 859] /ItalicAngle 0 ' +
      '/Ascent 859 /Descent -140 /CapHeight 769 /StemV 78 >>',
  ])
}

/** A scanned page: a black square of 100 points from (50, 50) on, packed as scanners do (JBIG2, ITU-T T.88). */
export function scannedSquare(): Buffer {
  const pageInfo = segment(0, 48, Buffer.concat([numbers(16, 16, 0, 0), Buffer.from([0, 0, 0])]))
  const region = segment(1, 38, Buffer.concat([numbers(16, 16, 0, 0), Buffer.from([0, 1]), blackRows()]))
  const entries =
    '/Type /XObject /Subtype /Image /Width 16 /Height 16 /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /JBIG2Decode'
  return onePage('q 100 0 0 100 50 50 cm /I1 Do Q', '/XObject << /I1 5 0 R >>', [
    stream(Buffer.concat([pageInfo, region]), entries),
  ])
}

function segment(number: number, type: number, content: Buffer): Buffer {
  return Buffer.concat([numbers(number), Buffer.from([type, 0, 1]), numbers(content.length), content])
}

/** Sixteen rows of sixteen black dots, coded as a fax (ITU-T T.6): one row of its own, then fifteen like it. */
function blackRows(): Buffer {
  const first = '001' + '00110101' + '0000010111'
  const bits = first + '11'.repeat(15) + '000000000001'.repeat(2)
  const bytes = bits.padEnd(Math.ceil(bits.length / 8) * 8, '0').match(/.{8}/g) ?? []
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)))
}

function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, index) => void bytes.writeUInt32BE(value, index * 4))
  return bytes
}

function latin(object: PdfObject): Buffer {
  return typeof object === 'string' ? Buffer.from(object, 'latin1') : object
}
