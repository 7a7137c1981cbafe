import { type Invoice, money } from './invoices.ts'

export const indexText = `# What to do

1. Sign in to the supplier portal.
2. Download every invoice since July.
3. Put **one line each** into \`invoices.csv\`, and make a workbook of it.

> Do not pay anything.

| field | where it is |
| --- | --- |
| number | top right |
| total | last line |
`

export const logoSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">
  <circle cx="32" cy="32" r="28" fill="#3460dc"/>
  <circle cx="22" cy="26" r="6" fill="#2448b0"/>
  <circle cx="40" cy="40" r="9" fill="#2448b0"/>
</svg>
`

export const settingsText = `portal:
  address: https://portal.example/
  pages: 4
output:
  folder: /home/agent/workspace
  formats: [csv, xlsx, json]
retries: 3
`

export const downloadScript = `"""Downloads every invoice that the portal lists."""
import csv
from pathlib import Path

DOWNLOADS = Path("/home/agent/downloads/invoices")


def save(portal, rows):
    for row in rows:
        month = row["issued"][:7]
        folder = DOWNLOADS / month
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{row['number']}.pdf").write_bytes(portal.fetch(row["href"]))


def overview(rows, path):
    with open(path, "w", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=["number", "supplier", "issued", "total"])
        writer.writeheader()
        writer.writerows(rows)
`

/** The report as a web page. Its script must not run where a file is only looked at. */
export function dashboardPage(invoices: readonly Invoice[]): string {
  const rows = invoices.map(
    (each) => `<tr><td>${each.number}<td>${htmlEscaped(each.supplier)}<td>${money(each.totalCents)} ${each.currency}`,
  )
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Invoices</title>
<style>body { font: 15px system-ui; margin: 2rem } td { padding: 2px 12px; border-bottom: 1px solid #ddd }</style>
<h1>Invoices</h1>
<p id="state">Scripts are off.</p>
<img src="images/by-month.png" alt="Invoiced by month" width="640">
<table>
${rows.join('\n')}
</table>
<script>document.getElementById('state').textContent = 'Scripts are on.'</script>
</html>
`
}

export function reportText(invoices: readonly Invoice[]): string {
  const overdue = invoices.filter((each) => each.status === 'overdue')
  return `# Invoices since July

${invoices.length} invoices were found, ${overdue.length} of them overdue.

![Invoiced by month](images/by-month.png)

## Overdue

${overdue.map((each) => `- **${each.number}** of ${each.supplier}: ${money(each.totalCents)} ${each.currency}`).join('\n')}

## How

\`\`\`sh
python scripts/download_invoices.py --since 2026-07-01
\`\`\`
`
}

/** An agent's log: mostly what it does, now and then a warning, rarely a fault. */
export function logLines(invoices: readonly Invoice[], count: number, startedAt: number): string {
  return Array.from({ length: count }, (_, index) => logLine(index, startedAt + index * 600, invoices)).join('')
}

export function logLine(index: number, at: number, invoices: readonly Invoice[]): string {
  const invoice = invoices[index % invoices.length]?.number ?? 'none'
  const time = new Date(at).toISOString()
  if (index % 211 === 210) return `${time} ERROR portal answered 502 for ${invoice}, trying again in 2 s\n`
  if (index % 37 === 36) return `${time} WARN  slow page: ${1_200 + (index % 9) * 130} ms\n`
  return `${time} INFO  step ${index + 1}: opened ${invoice}, saved its PDF\n`
}

function htmlEscaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
