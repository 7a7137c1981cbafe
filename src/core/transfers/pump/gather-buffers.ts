/** How many bytes of a file are gathered at the most, before they are written. */
export const mostGathered = 256 * 1024

type Kind = { readonly bytes: number; readonly most: number; readonly spare: Buffer[] }

// Most files are small, and over TLS they come in pieces of 16 KiB.
const kinds: readonly Kind[] = [
  { bytes: 64 * 1024, most: 64, spare: [] },
  { bytes: mostGathered, most: 16, spare: [] },
]

/**
 * A buffer to gather a file's bytes in, that has room for `wanted` of them or for as many as are gathered at the most. Used
 * again and again: V8 answers memory outside of its heap, taken anew for each file, by collecting all of its heap.
 */
export function takeBuffer(wanted: number): Buffer {
  const kind = kinds.find(({ bytes }) => bytes >= Math.min(wanted, mostGathered))
  return kind?.spare.pop() ?? Buffer.allocUnsafeSlow(kind?.bytes ?? mostGathered)
}

/** Gives a buffer back, for the next file. Whoever had it must not touch it any more. */
export function giveBuffer(buffer: Buffer): void {
  const kind = kinds.find(({ bytes }) => bytes === buffer.length)
  if (kind && kind.spare.length < kind.most) kind.spare.push(buffer)
}
