/** Texts, each kept as 64 bits of its own making: a million of them take some 16 MiB, where the texts would take 100. */
export type TextSet = {
  /** Whether it was added; by a chance of one in ten million, with a million in it, another was that looks the same. */
  readonly has: (text: string) => boolean
  readonly add: (text: string) => void
}

const firstRoom = 1_024

/** An empty set. The same texts make the same set in every start of the app. */
export function createTextSet(): TextSet {
  /** Two numbers a place, 0 where it is free. */
  let places = new Uint32Array(firstRoom * 2)
  let count = 0
  const hash = new Uint32Array(2)

  /** The place of what is in `hash`, or the free one where it belongs. */
  function find(): number {
    const [high = 0, low = 0] = hash
    const mask = places.length - 1
    let at = (low * 2) & mask
    while (places[at] !== 0 && (places[at] !== high || places[at + 1] !== low)) at = (at + 2) & mask
    return at
  }

  function grow(): void {
    const before = places
    places = new Uint32Array(before.length * 2)
    for (let at = 0; at < before.length; at += 2) {
      hash[0] = before[at] ?? 0
      hash[1] = before[at + 1] ?? 0
      if (hash[0] !== 0) places.set(hash, find())
    }
  }

  return {
    has(text) {
      hashInto(hash, text)
      return places[find()] === hash[0]
    },
    add(text) {
      hashInto(hash, text)
      const at = find()
      if (places[at] === hash[0]) return
      places.set(hash, at)
      count += 1
      if (count > places.length / 4) grow()
    },
  }
}

/** Two sums that are never 0, of the kind of MurmurHash3 and with its last steps; each goes over all of the text. */
function hashInto(hash: Uint32Array, text: string): void {
  let high = 0xdeadbeef ^ text.length
  let low = 0x41c6ce57 ^ text.length
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    high = Math.imul(high ^ unit, 0x9e3779b1)
    low = Math.imul(low ^ unit, 0x5f356495)
    // Without turning, what differs in high bits only would never reach the low ones.
    high = (high << 13) | (high >>> 19)
    low = (low << 17) | (low >>> 15)
  }
  hash[0] = mixed(high ^ Math.imul(low, 0xcc9e2d51)) || 1
  hash[1] = mixed(low ^ Math.imul(high, 0x1b873593)) || 1
}

function mixed(sum: number): number {
  let mixing = Math.imul(sum ^ (sum >>> 16), 0x85ebca6b)
  mixing = Math.imul(mixing ^ (mixing >>> 13), 0xc2b2ae35)
  return (mixing ^ (mixing >>> 16)) >>> 0
}
