/**
 * Gives the memory of arrays back at once; they are empty then. An idle thread may not collect for hours what it no
 * longer uses, and a listing's columns are too much to leave to that. Nothing else may use their buffers.
 */
export function freeArrays(...arrays: readonly { readonly buffer: ArrayBufferLike }[]): void {
  for (const { buffer } of arrays) if (buffer instanceof ArrayBuffer && !buffer.detached) buffer.transfer(0)
}
