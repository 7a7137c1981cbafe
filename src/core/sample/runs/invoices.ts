import { createRandom } from '../random.ts'

export type InvoiceLine = { readonly text: string; readonly quantity: number; readonly cents: number }

export type Invoice = {
  readonly number: string
  readonly supplier: string
  /** `YYYY-MM-DD`. */
  readonly issued: string
  readonly due: string
  readonly currency: string
  readonly lines: readonly InvoiceLine[]
  readonly totalCents: number
  readonly status: 'paid' | 'open' | 'overdue'
}

const suppliers = [
  'Northwind Paper Co.',
  'Müller & Söhne GmbH',
  'Café Lumière SARL',
  'Ångström Instruments AB',
  '山田製作所',
  'O’Brien, Kelly “Freight” Ltd',
  'Harbour Lights Energy',
  'Contoso Cleaning',
] as const
const goods = [
  'Copy paper A4, 500 sheets',
  'Toner cartridge, black',
  'Desk lamp “Bright”',
  'Freight, per pallet',
  'Electricity, kWh',
  'Coffee beans, 1 kg',
  'Calibration service',
  'Office cleaning, month',
] as const

/** The invoices that the finished run found: always the same. */
export function createInvoices(count: number): readonly Invoice[] {
  const random = createRandom(2_026)
  return Array.from({ length: count }, (_, index) => {
    const lines = Array.from({ length: random.between(1, 7) }, () => ({
      text: random.pick(goods),
      quantity: random.between(1, 40),
      cents: random.between(250, 90_000),
    }))
    const month = String(random.between(7, 11)).padStart(2, '0')
    const day = random.between(1, 28)
    return {
      number: `INV-2026-${String(index + 1).padStart(4, '0')}`,
      supplier: random.pick(suppliers),
      issued: `2026-${month}-${String(day).padStart(2, '0')}`,
      due: `2026-${String(Number(month) + 1).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
      currency: random.pick(['EUR', 'EUR', 'GBP', 'USD', 'JPY']),
      lines,
      totalCents: lines.reduce((sum, line) => sum + line.quantity * line.cents, 0),
      status: random.pick(['paid', 'paid', 'open', 'overdue'] as const),
    }
  })
}

export function money(cents: number): string {
  return (cents / 100).toFixed(2)
}

/** One row a record, quoted where a field needs it (RFC 4180). */
export function toCsv(rows: readonly (readonly (string | number)[])[], separator = ','): string {
  const field = (value: string | number) => {
    const text = String(value)
    return /["\r\n,;\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return rows.map((row) => `${row.map(field).join(separator)}\r\n`).join('')
}

/** The overview of all invoices, headings first. */
export function invoiceRows(invoices: readonly Invoice[]): readonly (readonly (string | number)[])[] {
  const headings = ['number', 'supplier', 'issued', 'due', 'currency', 'total', 'status']
  const rows = invoices.map((each) => [
    each.number,
    each.supplier,
    each.issued,
    each.due,
    each.currency,
    each.totalCents / 100,
    each.status,
  ])
  return [headings, ...rows]
}
