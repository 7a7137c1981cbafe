/** One row of sixteen bytes. */
export type HexRow = { readonly offset: string; readonly bytes: string; readonly text: string }

export const hexRowLength = 16

/** Writes the row of bytes from `at` on, as hex dumps do. */
export function hexRow(bytes: Uint8Array, at: number): HexRow {
  const row = bytes.subarray(at, at + hexRowLength)
  const pairs = [...row].map((byte) => byte.toString(16).padStart(2, '0'))
  return {
    offset: at.toString(16).padStart(8, '0'),
    bytes: `${pairs.slice(0, 8).join(' ').padEnd(23)}  ${pairs.slice(8).join(' ').padEnd(23)}`,
    text: [...row].map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join(''),
  }
}
