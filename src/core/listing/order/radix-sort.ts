const fewItems = 4_096

/**
 * Sorts by numbers, keeping the order of what is equal; `keyOf` gives the number of each item, and never NaN.
 *
 * Radix sort over the 64 bits of a double, 16 at a time, leaving out those that all keys share: linear, and for sizes
 * and times two or three rounds. A few items are compared: the rounds alone would cost more.
 */
export function sortByNumber(items: Int32Array, keyOf: (item: number) => number): Int32Array {
  const length = items.length
  const keys = new Float64Array(length)
  for (let index = 0; index < length; index += 1) keys[index] = keyOf(items[index] ?? 0)
  if (length <= fewItems) return sortFew(items, keys)
  // As whole numbers the doubles then sort as they do as numbers: the sign turned, and negative ones inverted.
  const words = new Uint32Array(keys.buffer)
  for (let at = 1; at < words.length; at += 2) {
    const high = words[at] ?? 0
    if (high >>> 31 === 1) {
      words[at] = ~high
      words[at - 1] = ~(words[at - 1] ?? 0)
    } else words[at] = high | 0x80000000
  }
  const digits = new Uint16Array(keys.buffer)
  let order: Uint32Array<ArrayBuffer> = new Uint32Array(length)
  for (let index = 0; index < length; index += 1) order[index] = index
  let next: Uint32Array<ArrayBuffer> = new Uint32Array(length)
  const starts = new Uint32Array(65_537)
  for (let digit = 0; digit < 4; digit += 1) {
    starts.fill(0)
    for (let at = digit; at < digits.length; at += 4) {
      const value = (digits[at] ?? 0) + 1
      starts[value] = (starts[value] ?? 0) + 1
    }
    if (length > 0 && starts[(digits[digit] ?? 0) + 1] === length) continue
    for (let value = 1; value < starts.length; value += 1)
      starts[value] = (starts[value] ?? 0) + (starts[value - 1] ?? 0)
    for (let index = 0; index < length; index += 1) {
      const item = order[index] ?? 0
      const value = digits[item * 4 + digit] ?? 0
      const place = starts[value] ?? 0
      next[place] = item
      starts[value] = place + 1
    }
    const spare = order
    order = next
    next = spare
  }
  const sorted = new Int32Array(length)
  for (let index = 0; index < length; index += 1) sorted[index] = items[order[index] ?? 0] ?? 0
  return sorted
}

function sortFew(items: Int32Array, keys: Float64Array): Int32Array {
  const places = new Int32Array(items.length).map((_, place) => place)
  // Two infinities differ by no number at all, which leaves the decision to their places.
  places.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b)
  return places.map((place) => items[place] ?? 0)
}
