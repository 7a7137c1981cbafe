import { longestReference } from '../../shared/limits.ts'

/**
 * The path in the run, as `<directory>/<path within it>`, that a document means by a reference to a picture beside it.
 * Null for all else: addresses of any scheme or host, paths from a root, and what leads out of the run.
 */
export function picturePath(documentPath: string, reference: string): string | null {
  const [plain = ''] = reference.split(/[?#]/)
  if (plain === '' || reference.length > longestReference || plain.startsWith('/') || /^[^/]*:/.test(plain)) return null
  const path = documentPath.split('/').slice(0, -1)
  for (const part of plain.split('/')) {
    const name = decode(part)
    if (name === null || hasPathIn(name)) return null
    if (name === '..' && path.pop() === undefined) return null
    if (name !== '..' && name !== '.' && name !== '') path.push(name)
  }
  return /\.(png|jpe?g|gif|webp|avif)$/i.test(path.at(-1) ?? '') ? path.join('/') : null
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part)
  } catch {
    return null
  }
}

/** A name that would be read as more than one, or that no person could have meant. */
function hasPathIn(name: string): boolean {
  for (const character of name) if (character < ' ' || character === '/' || character === '\\') return true
  return false
}
