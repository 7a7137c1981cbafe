import { type Colour, createPicture, fill, type Picture, write } from '../formats/picture.ts'
import { type Invoice, money } from './invoices.ts'

const ink: Colour = [32, 38, 52]
const faint: Colour = [128, 136, 152]
const line: Colour = [222, 226, 234]
const accent: Colour = [52, 96, 220]
const statusColours: Readonly<Record<Invoice['status'], Colour>> = {
  paid: [40, 140, 80],
  open: [200, 140, 20],
  overdue: [200, 50, 50],
}

/** A browser window as the agent saw it, 640 by 400. */
function createBrowserWindow(address: string, title: string): Picture {
  const picture = createPicture(640, 400, [250, 251, 253])
  fill(picture, { x: 0, y: 0, width: 640, height: 34 }, [228, 232, 240])
  for (const [index, colour] of (
    [
      [236, 96, 88],
      [244, 190, 80],
      [98, 196, 84],
    ] as const
  ).entries())
    fill(picture, { x: 12 + index * 18, y: 12, width: 10, height: 10 }, colour)
  fill(picture, { x: 78, y: 7, width: 540, height: 20 }, [255, 255, 255])
  write(picture, address, { x: 86, y: 12, dot: 2 }, faint)
  write(picture, title, { x: 32, y: 56, dot: 4 }, ink)
  return picture
}

/** The portal's list of invoices. */
export function drawInvoiceList(invoices: readonly Invoice[], page: number): Picture {
  const picture = createBrowserWindow(`portal.example/invoices/${page}`, `Invoices - page ${page}`)
  for (const [index, invoice] of invoices.slice((page - 1) * 12, page * 12).entries()) {
    const y = 96 + index * 24
    fill(picture, { x: 32, y: y + 18, width: 576, height: 1 }, line)
    write(picture, invoice.number, { x: 32, y, dot: 2 }, accent)
    write(picture, invoice.issued, { x: 180, y, dot: 2 }, ink)
    write(picture, `${money(invoice.totalCents)} ${invoice.currency}`, { x: 300, y, dot: 2 }, ink)
    fill(picture, { x: 520, y: y - 2, width: 70, height: 14 }, statusColours[invoice.status])
    write(picture, invoice.status, { x: 528, y, dot: 2 }, [255, 255, 255])
  }
  return picture
}

/** The form by which the agent signed in. */
export function drawSignIn(): Picture {
  const picture = createBrowserWindow('portal.example/sign-in', 'Sign in')
  for (const [index, label] of ['e-mail', 'password'].entries()) {
    write(picture, label, { x: 200, y: 130 + index * 60, dot: 2 }, faint)
    fill(picture, { x: 200, y: 146 + index * 60, width: 240, height: 26 }, line)
    fill(picture, { x: 201, y: 147 + index * 60, width: 238, height: 24 }, [255, 255, 255])
  }
  write(picture, 'agent@asteroid.example', { x: 208, y: 154, dot: 2 }, ink)
  write(picture, '#############', { x: 208, y: 214, dot: 2 }, ink)
  fill(picture, { x: 200, y: 256, width: 240, height: 30 }, accent)
  write(picture, 'Continue', { x: 288, y: 266, dot: 2 }, [255, 255, 255])
  return picture
}

/** A chart of what was invoiced each month, and a soft background: a photograph's kind of picture. */
export function drawChart(invoices: readonly Invoice[]): Picture {
  const picture = createPicture(640, 400, [255, 255, 255])
  for (let y = 0; y < 400; y += 1)
    fill(picture, { x: 0, y, width: 640, height: 1 }, [235 - y / 8, 242 - y / 10, 252 - y / 20])
  write(picture, 'Invoiced by month', { x: 40, y: 30, dot: 4 }, ink)
  const months = ['07', '08', '09', '10']
  const totals = months.map((month) =>
    invoices.reduce((sum, each) => sum + (each.issued.slice(5, 7) === month ? each.totalCents : 0), 0),
  )
  const highest = Math.max(...totals, 1)
  for (const [index, total] of totals.entries()) {
    const height = Math.round((total / highest) * 240)
    fill(picture, { x: 80 + index * 130, y: 340 - height, width: 90, height }, accent)
    write(picture, `2026-${months[index]}`, { x: 96 + index * 130, y: 352, dot: 2 }, ink)
  }
  fill(picture, { x: 60, y: 340, width: 520, height: 2 }, ink)
  return picture
}
