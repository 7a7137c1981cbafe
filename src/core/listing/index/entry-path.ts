/**
 * The path of a file within its directory, as segments to show.
 *
 * The API does not say whether `filePath` is absolute (`/home/agent/<directory>/…`), starts with the directory's name,
 * or is relative to it; all are understood. `..` and control characters are kept visible but harmless: they are shown
 * as a name, and never climb. Always at least one segment.
 */
export function pathWithinDirectory(directory: string, filePath: string, fileName: string): readonly string[] {
  const absolute = `/home/agent/${directory}/`
  let relative = filePath
  if (relative.startsWith(absolute)) relative = relative.slice(absolute.length)
  else if (relative.replace(/^\.?\/+/, '').startsWith(`${directory}/`))
    relative = relative.replace(/^\.?\/+/, '').slice(directory.length + 1)
  const segments = relative
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.')
    .map(visibleName)
  if (segments.length > 0) return segments
  return [visibleName(fileName) || 'unnamed']
}

/** How a directory is called where a person sees it; one without a name is still to be opened and chosen. */
export function visibleDirectory(directory: string): string {
  return visibleName(directory) || 'unnamed'
}

const misleading = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069/]/
const everyMisleading = new RegExp(misleading.source, 'g')

/** Replaces what could hide or reorder a name on screen: control and bidirectional characters, slashes, broken text. */
export function visibleName(segment: string): string {
  return misleading.test(segment) ? segment.replace(everyMisleading, '\uFFFD').toWellFormed() : segment.toWellFormed()
}
