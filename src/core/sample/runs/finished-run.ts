import { strToU8, zipSync } from 'fflate'
import { encodePng } from '../../png.ts'
import { encodeJpeg } from '../formats/jpeg.ts'
import { encodePdf } from '../formats/pdf.ts'
import { encodeWav } from '../formats/wav.ts'
import { encodeXlsx } from '../formats/xlsx.ts'
import {
  contentOf,
  type Directory,
  type SampleContent,
  type SampleFile,
  type SampleRun,
  uuidOf,
} from '../sample-file.ts'
import { createInvoices, type Invoice, invoiceRows, money, toCsv } from './invoices.ts'
import { oddNames } from './odd-names.ts'
import { repeatedRows } from './repeated-rows.ts'
import { drawChart, drawInvoiceList, drawSignIn } from './screenshots.ts'
import { dashboardPage, downloadScript, indexText, logLines, logoSvg, reportText, settingsText } from './texts.ts'

const executionId = '5f1d3c0e-7a42-4b6e-9c1d-2e8f0a6b4d11'
const agentId = '0b7e9a54-3d1f-4c28-8e65-71c2d9f0a3b6'
const startedAt = Date.parse('2026-11-12T08:14:05Z')
const minute = 60_000

/** A run that has ended: invoices collected from a supplier portal. `largeFileBytes` is the size of its one large file. */
export function createFinishedRun(options: { readonly largeFileBytes: number }): SampleRun {
  // Made when first asked for: drawing the pictures takes a moment that a start need not wait for.
  let made: readonly SampleFile[] | null = null
  const all = () => {
    made ??= createFiles(options.largeFileBytes)
    return made
  }
  const endedAt = startedAt + 41 * minute
  return {
    executionId,
    agentId,
    label: 'Collect supplier invoices (finished)',
    agentName: 'Collect supplier invoices',
    createdAt: startedAt,
    status: () => 'completed',
    endedAt: () => endedAt,
    files: (directory) => all().filter((file) => file.directory === directory),
    file: (id) => all().find((file) => file.id === id) ?? null,
    lastUpdated: () => endedAt,
  }
}

function createFiles(largeFileBytes: number): readonly SampleFile[] {
  const files: SampleFile[] = []
  const invoices = createInvoices(48)

  function add(
    directory: Directory,
    path: string,
    mimeType: string | null,
    content: SampleContent | Uint8Array | string,
    createdBy: SampleFile['createdBy'] = 'agent',
  ): void {
    const createdAt = startedAt + files.length * 17_000
    files.push({
      id: uuidOf(executionId, directory, path),
      directory,
      filePath: `/home/agent/${directory}/${path}`,
      fileName: path.slice(path.lastIndexOf('/') + 1),
      mimeType,
      createdBy,
      createdAt,
      updatedAt: createdAt + (files.length % 5) * minute,
      content: typeof content === 'string' || content instanceof Uint8Array ? contentOf(content) : content,
    })
  }

  add('uploads', 'suppliers.csv', 'text/csv', supplierCsv(invoices), 'user')
  add('uploads', 'instructions.md', 'text/markdown', indexText, 'user')
  add('uploads', 'templates/logo.svg', 'image/svg+xml', logoSvg, 'user')

  for (const invoice of invoices) {
    const name = `invoices/${invoice.issued.slice(0, 7)}/${invoice.number}`
    add('downloads', `${name}.pdf`, 'application/pdf', invoicePdf(invoice))
  }
  add('downloads', 'statements/bank-export.csv', 'text/csv', utf16(toCsv(invoiceRows(invoices), ';')))
  add('downloads', 'statements/line-items-full.csv', 'text/csv', repeatedRows(largeFileBytes))
  add('downloads', 'voicemail/call-back.wav', 'audio/wav', melody())

  add('workspace', 'invoices.csv', 'text/csv', toCsv(invoiceRows(invoices)))
  add('workspace', 'invoices.xlsx', xlsxType, invoiceWorkbook(invoices))
  add('workspace', 'invoices.json', 'application/json', JSON.stringify(invoices, null, 2))
  add(
    'workspace',
    'invoices.jsonl',
    'application/x-ndjson',
    invoices.map((each) => `${JSON.stringify(each)}\n`).join(''),
  )
  add('workspace', 'invoices.tsv', 'text/tab-separated-values', toCsv(invoiceRows(invoices), '\t'))
  add('workspace', 'report/index.html', 'text/html', dashboardPage(invoices))
  add('workspace', 'report/report.md', 'text/markdown', reportText(invoices))
  add('workspace', 'report/images/by-month.jpg', 'image/jpeg', encodeJpeg(drawChart(invoices)))
  add('workspace', 'report/images/by-month.png', 'image/png', encodePng(drawChart(invoices)))
  add('workspace', 'scripts/download_invoices.py', 'text/x-python', downloadScript)
  add('workspace', 'scripts/settings.yaml', 'application/yaml', settingsText)
  add(
    'workspace',
    'a/very/deep/folder/with/nothing/but/one/file/at/the/end/of/it/note.txt',
    'text/plain',
    'Found it.\n',
  )
  for (const { name, mimeType, text } of oddNames) add('workspace', `odd names/${name}`, mimeType, text)

  add('shared', 'archive/all-invoices.zip', 'application/zip', archive(invoices))
  add(
    'shared',
    'memory.json',
    'application/json',
    '{"portal":"portal.example","lastInvoice":"INV-2026-0048"}\n',
    'system',
  )
  add('shared', 'README', null, 'Kept from one run to the next.\n', 'environment')

  for (let page = 1; page <= 4; page += 1) {
    const name = `screenshots/${String(page + 1).padStart(3, '0')}-invoices-page-${page}`
    add('debug', `${name}.png`, 'image/png', encodePng(drawInvoiceList(invoices, page)), 'environment')
  }
  add('debug', 'screenshots/001-sign-in.png', 'image/png', encodePng(drawSignIn()), 'environment')
  add('debug', 'screenshots/last-page.jpg', 'image/jpeg', encodeJpeg(drawInvoiceList(invoices, 4)), 'environment')
  add('debug', 'logs/agent.log', 'text/plain', logLines(invoices, 4_000, startedAt), 'system')
  add('debug', 'logs/browser-console.log', 'text/plain', logLines(invoices, 60, startedAt), 'environment')
  add('debug', 'logs/errors.log', 'text/plain', '', 'system')
  add(
    'debug',
    'trace.bin',
    'application/octet-stream',
    Uint8Array.from({ length: 4_096 }, (_, at) => (at * 131) & 255),
    'system',
  )
  return files
}

const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

function supplierCsv(invoices: readonly Invoice[]): string {
  const names = [...new Set(invoices.map((each) => each.supplier))]
  return toCsv([['supplier', 'portal'], ...names.map((name) => [name, 'https://portal.example/'])])
}

/** UTF-16 with a byte order mark, as some banks export it. */
function utf16(text: string): Buffer {
  return Buffer.from(`\ufeff${text}`, 'utf16le')
}

function invoicePdf(invoice: Invoice): Buffer {
  const items = invoice.lines.map(
    (line) =>
      `${latin(line.text).padEnd(32)} ${String(line.quantity).padStart(4)} x ${money(line.cents).padStart(9)} ${invoice.currency}`,
  )
  const total = `${'Total'.padEnd(39)}${money(invoice.totalCents).padStart(9)} ${invoice.currency}`
  const head = [`Supplier: ${latin(invoice.supplier)}`, `Issued:   ${invoice.issued}`, `Due:      ${invoice.due}`, '']
  const terms = ['Payment within 30 days.', 'Please give the number of the invoice with your payment.']
  return encodePdf(`Invoice ${invoice.number}`, [
    { heading: `Invoice ${invoice.number}`, lines: [...head, ...items, ''.padEnd(52, '-'), total] },
    { heading: 'Terms', lines: terms },
  ])
}

/** The PDF writer knows Latin-1 only; what it lacks is left out. */
function latin(text: string): string {
  return text
    .replace(/[“”]/g, '"')
    .replaceAll('’', "'")
    .replace(/[^\x20-\xff]/g, '?')
}

function invoiceWorkbook(invoices: readonly Invoice[]): Uint8Array {
  const lines = invoices.flatMap((each) =>
    each.lines.map((line) => [each.number, line.text, line.quantity, line.cents / 100]),
  )
  return encodeXlsx([
    { name: 'Invoices', rows: invoiceRows(invoices) },
    { name: 'Lines', rows: [['number', 'text', 'quantity', 'price'], ...lines] },
  ])
}

function melody(): Buffer {
  const hertz = [392, 0, 392, 440, 494, 523, 0, 494, 440, 392, 330, 0, 392, 523]
  return encodeWav(hertz.map((each, index) => ({ hertz: each, seconds: index % 3 === 0 ? 0.6 : 0.3 })))
}

function archive(invoices: readonly Invoice[]): Uint8Array {
  const files = invoices.map(
    (each) => [`invoices/${each.number}.json`, strToU8(JSON.stringify(each, null, 2))] as const,
  )
  return zipSync(Object.fromEntries(files), { mtime: '2026-11-12T08:50:00Z' })
}
