/** More shapes than this take the browser seconds to draw. */
export const maximumShapes = 50_000

/**
 * Counts the shapes that an SVG drawing comes to when every `<use>` is followed.
 *
 * A few nested ones stand for billions of shapes, which would hold the window up for good. The document is parsed, never
 * shown, so nothing in it runs or is fetched. Answers infinity for what can't be parsed or goes in circles.
 */
export function countShapes(drawing: Document): number {
  const byId = new Map<string, Element>()
  for (const element of drawing.querySelectorAll('[id]')) if (!byId.has(element.id)) byId.set(element.id, element)
  const known = new Map<Element, number>()
  const open = new Set<Element>()

  const countFor = (element: Element, depth: number): number => {
    const done = known.get(element)
    if (done !== undefined) return done
    if (open.has(element) || depth > 200) return Number.POSITIVE_INFINITY
    open.add(element)
    let count = 1
    for (const child of element.children) count += countFor(child, depth + 1)
    const target = element.localName === 'use' ? byId.get(referenceOf(element)) : undefined
    if (target) count += countFor(target, depth + 1)
    open.delete(element)
    known.set(element, count)
    return count
  }
  if (drawing.querySelector('parsererror')) return Number.POSITIVE_INFINITY
  return countFor(drawing.documentElement, 0)
}

function referenceOf(element: Element): string {
  const reference = element.getAttribute('href') ?? element.getAttributeNS('http://www.w3.org/1999/xlink', 'href') ?? ''
  return reference.replace(/^#/, '')
}
