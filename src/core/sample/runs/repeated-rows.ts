import type { SampleContent } from '../sample-file.ts'

const rowBytes = 64
const rowsAtOnce = 4_096

/**
 * A CSV of any size that is made as it is read: every row is 64 bytes, so that any range of it can be made alone.
 *
 * The size is rounded down to whole rows.
 */
export function repeatedRows(wantedSize: number): SampleContent {
  const size = wantedSize - (wantedSize % rowBytes)
  return {
    size,
    version: `rows-${size}`,
    md5: null,
    *read(from, to) {
      const block = Buffer.from(Array.from({ length: rowsAtOnce }, (_, index) => rowText(index)).join(''), 'latin1')
      for (let at = from; at < to; ) {
        const start = at % block.length
        const firstRow = (at - start) / rowBytes
        for (let index = 0; index < rowsAtOnce; index += 1) writeNumber(block, index * rowBytes, firstRow + index)
        // The block is written again for the next piece, so a reader gets a copy.
        const piece = Buffer.from(block.subarray(start, start + to - at))
        at += piece.length
        yield piece
      }
    },
  }
}

function rowText(index: number): string {
  const cents = String((index * 7_919) % 1_000_000).padStart(8, '0')
  const status = ['paid   ', 'open   ', 'overdue'][index % 3]
  return `${'0'.repeat(10)},INV-2026-${String((index % 120) + 1).padStart(4, '0')},2026-10-${String((index % 28) + 1).padStart(2, '0')},${cents},EUR,${status}`
    .padEnd(rowBytes - 1)
    .concat('\n')
}

/** Writes ten digits: quicker than making text of them for millions of rows. */
function writeNumber(block: Buffer, at: number, number: number): void {
  let rest = number
  for (let digit = at + 9; digit >= at; digit -= 1) {
    block[digit] = 48 + (rest % 10)
    rest = Math.floor(rest / 10)
  }
}
