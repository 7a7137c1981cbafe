/** Gives each distinct text a small number, in the order in which they first came. */
export type Interner = {
  readonly texts: string[]
  readonly numbers: Map<string, number>
}

export function createInterner(texts: readonly string[] = []): Interner {
  return { texts: [...texts], numbers: new Map(texts.map((text, index) => [text, index])) }
}

export function intern(interner: Interner, text: string): number {
  const known = interner.numbers.get(text)
  if (known !== undefined) return known
  const number = interner.texts.push(text) - 1
  interner.numbers.set(text, number)
  return number
}
