/** A page as lines of text from the top; a line in `heading` is larger. */
export type PdfPage = { readonly heading: string; readonly lines: readonly string[] }

/** Writes a PDF 1.4 of A4 pages with text in Helvetica and Courier. Latin characters only. */
export function encodePdf(title: string, pages: readonly PdfPage[]): Buffer {
  const kids = pages.map((_, index) => `${6 + index * 2} 0 R`).join(' ')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>',
    `<< /Title (${escaped(title)}) /Producer (Asteroid Files sample) >>`,
  ]
  for (const [index, page] of pages.entries()) {
    const resources = '<< /Font << /F1 3 0 R /F2 4 0 R >> >>'
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources ${resources} /Contents ${7 + index * 2} 0 R >>`,
    )
    const body = drawing(page)
    objects.push(`<< /Length ${Buffer.byteLength(body, 'latin1')} >>\nstream\n${body}\nendstream`)
  }

  // The second line tells tools that the file is binary.
  let text = '%PDF-1.4\n%\xe2\xe3\xcf\xd3\n'
  const offsets = objects.map((object, index) => {
    const offset = text.length
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  text += `xref\n0 ${size}\n0000000000 65535 f \n${table}`.concat(
    `trailer\n<< /Size ${size} /Root 1 0 R /Info 5 0 R >>\nstartxref\n${text.length}\n%%EOF\n`,
  )
  return Buffer.from(text, 'latin1')
}

function drawing({ heading, lines }: PdfPage): string {
  const body = lines.map((line) => `(${escaped(line)}) Tj T*`).join('\n')
  return `BT /F1 20 Tf 56 770 Td (${escaped(heading)}) Tj ET\nBT /F2 10 Tf 14 TL 56 735 Td\n${body}\nET`
}

function escaped(text: string): string {
  return text.replace(/[\\()]/g, '\\$&')
}
