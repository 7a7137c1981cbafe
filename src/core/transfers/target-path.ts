const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$/i
const maximumNameBytes = 240

/**
 * A legal name on macOS, Windows and Linux for one segment of a path; never empty, `.` or `..`.
 *
 * Rules: https://learn.microsoft.com/windows/win32/fileio/naming-a-file, and 255 bytes a name less room for a number
 * and `.part`.
 */
export function safeName(segment: string): string {
  const name = segment
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd<>:"/\\|?*]/g, '_')
    .replace(/[. ]+$/, (tail) => '_'.repeat(tail.length))
  const legal = reserved.test(name) ? `_${name}` : name
  return legal === '' ? '_' : shortened(legal)
}

/** Gives every file of a batch a path of its own below the target, also where names differ only in case. */
export function createTargetPaths(): (segments: readonly string[]) => readonly string[] {
  const files = new Set<string>()
  const folders = new Map<string, readonly string[]>()
  /** The next number to try for a name that is taken: ten thousand files of one name must not each try them all. */
  const copies = new Map<string, number>()
  const taken = (path: readonly string[]) => files.has(fold(path)) || folders.has(fold(path))

  return (segments) => {
    let parent: readonly string[] = []
    for (const segment of segments.slice(0, -1)) {
      let path = [...parent, safeName(segment)]
      for (let copy = 2; files.has(fold(path)); copy += 1) path = [...parent, numbered(safeName(segment), copy)]
      if (!folders.has(fold(path))) folders.set(fold(path), path)
      parent = folders.get(fold(path)) ?? path
    }
    const name = safeName(segments.at(-1) ?? '')
    let path = [...parent, name]
    if (taken(path)) {
      const wanted = fold(path)
      let copy = copies.get(wanted) ?? 2
      for (; taken(path); copy += 1) path = [...parent, numbered(name, copy)]
      copies.set(wanted, copy)
    }
    files.add(fold(path))
    return path
  }
}

/** `report.csv` with 2 becomes `report (2).csv`. */
export function numbered(name: string, copy: number): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? `${name.slice(0, dot)} (${copy})${name.slice(dot)}` : `${name} (${copy})`
}

function fold(path: readonly string[]): string {
  return path.join('/').toLowerCase()
}

function shortened(name: string): string {
  if (Buffer.byteLength(name) <= maximumNameBytes) return name
  const dot = name.lastIndexOf('.')
  const extension = dot > 0 && Buffer.byteLength(name.slice(dot)) <= 32 ? name.slice(dot) : ''
  let stem = ''
  let length = Buffer.byteLength(extension)
  for (const character of name) {
    length += Buffer.byteLength(character)
    if (length > maximumNameBytes) break
    stem += character
  }
  return stem + extension
}
