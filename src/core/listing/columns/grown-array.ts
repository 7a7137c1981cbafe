type NumberArray = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array

/** The array itself while it holds `length` items, or a copy half as long again, so that growing stays linear. */
export function grown<A extends NumberArray>(array: A, length: number): A {
  if (length <= array.length) return array
  const larger = new (array.constructor as new (length: number) => A)(
    Math.max(length, Math.ceil(array.length * 1.5), 64),
  )
  larger.set(array)
  return larger
}
