import { foldText } from '../filter/fold-text.ts'

/** Compares two names as people read them. The plain form of the order that `nameOrderSteps` sorts by. */
export function compareNames(a: string, b: string): number {
  return compareParts(partsOf(a), partsOf(b)) || compareText(a, b)
}

/** A name without case and accents, split into numbers and what is between them. */
function partsOf(name: string): readonly string[] {
  return foldText(name).match(/\d+|\D/gu) ?? []
}

function compareParts(a: readonly string[], b: readonly string[]): number {
  for (const [index, part] of a.entries()) {
    const other = b[index]
    if (other === undefined) return 1
    const bothNumbers = /^\d/.test(part) && /^\d/.test(other)
    const difference = bothNumbers ? compareNumbers(part, other) : compareText(part, other)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

function compareNumbers(a: string, b: string): number {
  const [one, other] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')]
  return one.length - other.length || compareText(one, other)
}

function compareText(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
