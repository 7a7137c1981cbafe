export type Box<T> = {
  readonly item: T
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

type Sized = { readonly size: number }
type Area = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/**
 * Lays sizes out as boxes that fill an area, as near to squares as it gets: the squarified treemap of Bruls, Huizing and
 * van Wijk. Items come largest first; those of no size are left out.
 */
export function squarify<T extends Sized>(items: readonly T[], area: Area): readonly Box<T>[] {
  const sized = items.filter(({ size }) => size > 0)
  const total = sized.reduce((sum, { size }) => sum + size, 0)
  if (total === 0 || area.width <= 0 || area.height <= 0) return []
  const scale = (area.width * area.height) / total
  const boxes: Box<T>[] = []
  let rest = area
  let from = 0
  while (from < sized.length) {
    const short = Math.min(rest.width, rest.height)
    let to = from + 1
    while (
      to < sized.length &&
      worst(sized.slice(from, to + 1), short, scale) <= worst(sized.slice(from, to), short, scale)
    ) {
      to += 1
    }
    const row = sized.slice(from, to)
    boxes.push(...layRow(row, rest, scale))
    rest = withoutRow(row, rest, scale)
    from = to
  }
  return boxes
}

/** How far the worst box of a row is from a square; 1 is a square. */
function worst(row: readonly Sized[], short: number, scale: number): number {
  const areas = row.map(({ size }) => size * scale)
  const sum = areas.reduce((total, one) => total + one, 0)
  const [largest, smallest] = [Math.max(...areas), Math.min(...areas)]
  return Math.max((short ** 2 * largest) / sum ** 2, sum ** 2 / (short ** 2 * smallest))
}

function layRow<T extends Sized>(row: readonly T[], area: Area, scale: number): readonly Box<T>[] {
  const depth = rowDepth(row, area, scale)
  let along = 0
  return row.map((item) => {
    const length = (item.size * scale) / depth
    const at = along
    along += length
    return area.width >= area.height
      ? { item, x: area.x, y: area.y + at, width: depth, height: length }
      : { item, x: area.x + at, y: area.y, width: length, height: depth }
  })
}

function withoutRow(row: readonly Sized[], area: Area, scale: number): Area {
  const depth = rowDepth(row, area, scale)
  return area.width >= area.height
    ? { ...area, x: area.x + depth, width: area.width - depth }
    : { ...area, y: area.y + depth, height: area.height - depth }
}

function rowDepth(row: readonly Sized[], area: Area, scale: number): number {
  return row.reduce((sum, { size }) => sum + size * scale, 0) / Math.min(area.width, area.height)
}
