import { listedPath } from './listed-path.ts'
import { isPattern } from './path-pattern.ts'

/** Looks among a run's paths for the one that a path which names nothing may have been meant as. */
export type NearPath = {
  /** Takes in one file's path, which stands for the folders above it too. */
  readonly see: (path: string) => void
  /** The nearest so far, or null when none is near. */
  readonly nearest: () => string | null
}

/** Mistakes that a person makes in a word of a length. */
function mostMistakes(length: number): number {
  return Math.max(1, Math.min(3, Math.floor(length / 3)))
}

/** Makes it for one path. What differs in case alone is the nearest of all. */
export function createNearPath(given: string): NearPath {
  const listed = listedPath(given)
  const wanted = listed.toLowerCase()
  const depth = wanted.split('/').length
  const isAnyPath = isPattern(listed)
  let near: string | null = null
  let mistakes = mostMistakes(wanted.length) + 1
  let last = ''
  const compare = (segments: readonly string[]) => {
    const candidate = segments.slice(0, depth).join('/')
    if (segments.length < depth || candidate === last) return
    last = candidate
    const found = mistakesIn(wanted, candidate.toLowerCase(), mistakes)
    if (found >= mistakes) return
    near = candidate
    mistakes = found
  }
  return {
    see(path) {
      if (mistakes === 0 || isAnyPath) return
      const segments = path.split('/')
      compare(segments)
      // As where it is named within its directory.
      if (mistakes > 0) compare(segments.slice(1))
    },
    nearest: () => near,
  }
}

/** What is said of a path that names nothing. */
export function nothingAt(path: string, near: string | null): string {
  const nothing = `There is nothing at “${path}” in this run.`
  return near === null ? nothing : `${nothing} Did you mean “${near}”?`
}

/** How many letters to add, leave out, change or swap with the next make one text the other; `most` for that many and more. */
function mistakesIn(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) >= most) return most
  let beforeLast: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row]
    for (let at = 1; at <= other.length; at += 1) {
      const isSame = one[row - 1] === other[at - 1]
      const steps = [(next[at - 1] ?? most) + 1, (last[at] ?? most) + 1, (last[at - 1] ?? most) + (isSame ? 0 : 1)]
      if (one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1]) steps.push((beforeLast[at - 2] ?? most) + 1)
      next.push(Math.min(...steps))
    }
    if (Math.min(...next) >= most) return most
    beforeLast = last
    last = next
  }
  return Math.min(last[other.length] ?? most, most)
}
