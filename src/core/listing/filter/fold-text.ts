const marks = /\p{M}/gu
const beyondAscii = /[^\u0000-\u007f]/

/** Text without regard to case and accents, for searching and for order. */
export function foldText(text: string): string {
  return beyondAscii.test(text) ? text.normalize('NFD').replace(marks, '').toLowerCase() : text.toLowerCase()
}

/** Where folded text starts in the text it came from: one place for each UTF-16 unit of it, and the end. */
export function foldedPlaces(text: string): readonly number[] {
  const places: number[] = []
  for (const cluster of text.matchAll(/\P{M}\p{M}*|\p{M}+/gu))
    for (let unit = foldText(cluster[0]).length; unit > 0; unit -= 1) places.push(cluster.index)
  places.push(text.length)
  return places
}
