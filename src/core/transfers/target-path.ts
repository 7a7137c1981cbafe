import { createTextSet, type TextSet } from './text-set.ts'

/** Names of devices, also with an extension, and with blanks before that. */
const reserved = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\..*)?$/i
const maximumNameBytes = 240
const partEnding = '.PART'

/**
 * A legal name on macOS, Windows and Linux for one segment of a path; never empty, `.` or `..`.
 *
 * Rules: https://learn.microsoft.com/windows/win32/fileio/naming-a-file, and 255 bytes a name less room for a number
 * and `.part`.
 */
export function safeName(segment: string): string {
  return shortened(legalName(segment))
}

function legalName(segment: string): string {
  const name = segment
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd<>:"/\\|?*]/g, '_')
    .replace(/[. ]+$/, (tail) => '_'.repeat(tail.length))
  const legal = reserved.test(name) ? `_${name}` : name
  return legal === '' ? '_' : legal
}

/** Whether a name is legal on all three systems as it is, as every name is that was made here. */
export function isLegalName(name: string): boolean {
  return legalName(name) === name && Buffer.byteLength(name) <= 255
}

type Folder = {
  readonly path: readonly string[]
  /** What the names of all below it begin with, where case does not matter. */
  readonly prefix: string
}

const top: Folder = { path: [], prefix: '' }

/** Paths that files have, and their folders, where case does not matter. */
export type TakenPaths = {
  readonly files: TextSet
  readonly folders: Map<string, Folder>
  /** Takes a path, of names and not of segments, which may be given others. */
  readonly add: (names: readonly string[]) => void
}

/** Starts with none. */
export function createTakenPaths(): TakenPaths {
  const files = createTextSet()
  const folders = new Map<string, Folder>()
  const folderOf = createFolderFinder((folder, name) => folderNamed(folders, folder, name))
  return {
    files,
    folders,
    add: (names) => files.add(folderOf(names).prefix + foldCase(names.at(-1) ?? '')),
  }
}

/** Finds the folder of a path; `inFolder` finds or makes the one that a name stands for, in another. */
function createFolderFinder(inFolder: (folder: Folder, name: string) => Folder): (names: readonly string[]) => Folder {
  /** Files of one folder most often follow each other, and no file ever takes the name of a folder. */
  let last: { readonly names: readonly string[]; readonly folder: Folder } | null = null
  return (names) => {
    if (last && lieTogether(last.names, names)) return last.folder
    const folder = names.slice(0, -1).reduce(inFolder, top)
    last = { names, folder }
    return folder
  }
}

function folderNamed(folders: TakenPaths['folders'], { path, prefix }: Folder, name: string): Folder {
  const folded = prefix + foldCase(name)
  const folder = folders.get(folded) ?? { path: [...path, name], prefix: `${folded}/` }
  folders.set(folded, folder)
  return folder
}

/**
 * Gives every file of a batch a path of its own below the target, also where names differ only in case, and none of those
 * that are `kept`. What it gives does not count as kept by that.
 */
export function createTargetPaths(
  kept: Pick<TakenPaths, 'files' | 'folders'> | null = null,
): (segments: readonly string[]) => readonly string[] {
  const { files, folders } = createTakenPaths()
  /** The next number to try for a name that is taken: ten thousand files of one name must not each try them all. */
  const copies = new Map<string, number>()
  const isFile = (folded: string) => files.has(folded) || kept?.files.has(folded) === true
  const isFolder = (folded: string) => folders.has(folded) || kept?.folders.has(folded) === true
  /** Nor may it be the name of another's part file, which would be taken for the file, or its part file that other. */
  const taken = (folded: string) =>
    isFile(folded) ||
    isFolder(folded) ||
    isFile(folded + partEnding) ||
    (folded.endsWith(partEnding) && isFile(folded.slice(0, -partEnding.length)))
  const folderOf = createFolderFinder(folderFor)

  function folderFor({ path, prefix }: Folder, segment: string): Folder {
    const name = safeName(segment)
    let unique = name
    for (let copy = 2; isFile(prefix + foldCase(unique)); copy += 1) unique = numbered(name, copy)
    return kept?.folders.get(prefix + foldCase(unique)) ?? folderNamed(folders, { path, prefix }, unique)
  }

  return (segments) => {
    const { path, prefix } = folderOf(segments)
    const name = safeName(segments.at(-1) ?? '')
    const wanted = prefix + foldCase(name)
    let unique = name
    let folded = wanted
    if (taken(wanted)) {
      let copy = copies.get(wanted) ?? 1
      while (taken(folded)) {
        copy += 1
        unique = numbered(name, copy)
        folded = prefix + foldCase(unique)
      }
      copies.set(wanted, copy)
    }
    files.add(folded)
    return [...path, unique]
  }
}

/**
 * What is the same for all names that differ only in case. Lower case alone keeps those apart that have one upper case, such
 * as both of a Greek word's sigmas, which macOS and Windows take for one.
 */
function foldCase(name: string): string {
  return name.toLowerCase().toUpperCase()
}

/** Whether files lie in the same folder, by their paths. */
export function lieTogether(some: readonly string[], others: readonly string[]): boolean {
  if (some.length !== others.length) return false
  for (let at = 0; at < some.length - 1; at += 1) if (some[at] !== others[at]) return false
  return true
}

/** `report.csv` with 2 becomes `report (2).csv`. */
export function numbered(name: string, copy: number): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? `${name.slice(0, dot)} (${copy})${name.slice(dot)}` : `${name} (${copy})`
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
