import { createGlobMatcher } from '../core/listing/filter/glob-matcher.ts'
import { isAtOrBelow, listedPath } from './listed-path.ts'

/** Tells whether a path stands for more than itself. */
export function isPattern(given: string): boolean {
  return /[*?]/.test(given)
}

/**
 * Makes what answers the outermost part of a listed path that a person named: the path itself, a folder above it, or the
 * empty one for all; null when it was not named.
 *
 * A pattern without a slash is about a name, wherever it is; another about the whole path.
 */
export function createPathMatcher(given: string): (path: string) => string | null {
  const wanted = listedPath(given)
  const literally = (path: string) => (isAtOrBelow(path, wanted) ? wanted : null)
  if (!isPattern(wanted)) return literally
  const fits = createGlobMatcher(wanted, wanted.includes('/') ? 'start' : 'slash')
  return (path) => {
    // A name may hold these characters itself.
    if (literally(path) !== null) return wanted
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      const above = path.slice(0, slash)
      if (fits(above)) return above
    }
    return fits(path) ? path : null
  }
}
