import { linkSync, lstatSync, renameSync, type Stats, unlinkSync } from 'node:fs'
import path from 'node:path'
import { errorCode } from '../../failure.ts'
import { numbered } from '../target-path.ts'
import type { DiskState, NameRule, Unheard } from './messages.ts'

/** What to do about the name that a file wants, before any byte is fetched. */
export type NameCheck =
  | { readonly answer: 'fetch' }
  | { readonly answer: 'skip' }
  /** An attempt that was not heard to the end had named it. */
  | { readonly answer: 'there'; readonly place: string; readonly state: DiskState }
  /** `adopted` when it was not known before to be the run's. */
  | { readonly answer: 'unchanged'; readonly adopted: DiskState | null; readonly place: string }
  | { readonly answer: 'ask'; readonly existing: DiskState }

/** How a part file was named: `place` is where it lies; null when what is there was left there. */
export type Naming = { readonly place: string } | null

const maximumCopies = 10_000
/** FAT keeps times to two seconds. */
const timeGrain = 2_000

/** Looks at what has the wanted name, and applies the rule to it. */
export function checkName(options: {
  readonly wanted: string
  readonly rule: NameRule
  readonly size: number | null
  readonly updatedAt: number | null
  readonly unheard: Unheard | null
}): NameCheck {
  const { wanted, rule, updatedAt, unheard } = options
  const ours = unheard && firstBeside(wanted, (found) => isVersionNamed(found, options, unheard))
  if (ours) return { answer: 'there', place: ours.place, state: stateOf(ours.found) }
  // Whatever is there, the file is wanted.
  const isWanted = (rule.rule === 'keep-both' || rule.rule === 'replace') && !keepsSame(rule)
  if (isWanted) return { answer: 'fetch' }
  const found = lookAt(wanted)
  if (!found || found.isDirectory()) return { answer: 'fetch' }
  const existing = stateOf(found)
  const same = keepsSame(rule) ? placeOf(options, wanted) : null
  if (same !== null) return { answer: 'unchanged', adopted: null, place: same }
  switch (rule.rule) {
    case 'ask':
      return { answer: 'ask', existing }
    case 'skip':
      return { answer: 'skip' }
    case 'replace-if-newer':
      return { answer: updatedAt !== null && updatedAt > existing.updatedAt + timeGrain ? 'fetch' : 'skip' }
    case 'in-step':
      if (rule.isSameVersion) return { answer: 'unchanged', adopted: null, place: wanted }
      if (rule.brought && isVersion(found, rule.brought)) return { answer: 'fetch' }
      return isVersion(found, options) && !rule.brought
        ? { answer: 'unchanged', adopted: existing, place: wanted }
        : { answer: 'skip' }
    case 'keep-both':
    case 'replace':
    case 'skip-if-same':
      return { answer: 'fetch' }
  }
}

/** Gives a finished part file its name in one step, so that nobody ever sees half a file there. Throws what `fs` throws. */
export function giveName(part: string, wanted: string, rule: NameRule): Naming {
  switch (rule.rule) {
    case 'replace':
    case 'replace-if-newer':
      if (lookAt(wanted)?.isDirectory()) return nameBeside(part, wanted)
      renameSync(part, wanted)
      return { place: wanted }
    case 'in-step': {
      const found = lookAt(wanted)
      if (!found) return moveTo(part, wanted) ? { place: wanted } : null
      if (!rule.brought || !isVersion(found, rule.brought)) return null
      renameSync(part, wanted)
      return { place: wanted }
    }
    case 'skip':
      return moveTo(part, wanted) ? { place: wanted } : null
    case 'ask':
    case 'skip-if-same': {
      // Most often nothing is there, and then there is nothing to compare with.
      if (moveTo(part, wanted)) return { place: wanted }
      const place = placeOfSame(part, wanted)
      return place === null ? nameBeside(part, wanted) : dropPart(part, place)
    }
    case 'keep-both':
      return nameBeside(part, wanted)
  }
}

/** Whether a file of the run's own version is left where it is, and not brought again. */
function keepsSame(rule: NameRule): boolean {
  if (rule.rule === 'in-step') return false
  return rule.rule === 'ask' || rule.rule === 'skip-if-same' || rule.keepsSame === true
}

/** Where a version is already: under the wanted name, or a numbered one as long as these follow without a gap. */
function placeOf(version: Version, wanted: string): string | null {
  return firstBeside(wanted, (found) => isVersion(found, version))?.place ?? null
}

function firstBeside(wanted: string, isMeant: (found: Stats) => boolean) {
  for (let copy = 1; copy <= maximumCopies; copy += 1) {
    const place = placeBeside(wanted, copy)
    const found = lookAt(place)
    if (!found) return null
    if (isMeant(found)) return { place, found }
  }
  return null
}

/** Where the same version came meanwhile, as from another download into the same folder. */
function placeOfSame(part: string, wanted: string): string | null {
  const ours = lookAt(part)
  return ours && placeOf({ size: ours.size, updatedAt: ours.mtimeMs }, wanted)
}

function dropPart(part: string, place: string): Naming {
  unlinkSync(part)
  return { place }
}

function placeBeside(wanted: string, copy: number): string {
  if (copy === 1) return wanted
  const { dir, base } = path.parse(wanted)
  return path.join(dir, numbered(base, copy))
}

function nameBeside(part: string, wanted: string): Naming {
  for (let copy = 1; copy <= maximumCopies; copy += 1) {
    const place = placeBeside(wanted, copy)
    if (moveTo(part, place)) return { place }
  }
  throw Object.assign(new Error('Every name is taken.'), { code: 'EEXIST' })
}

/** Moves to a name that must be free: a link fails where a rename would replace. Answers false when it is taken. */
function moveTo(part: string, place: string): boolean {
  try {
    linkSync(part, place)
  } catch (thrown) {
    if (errorCode(thrown) === 'EEXIST') return false
    if (errorCode(thrown) === 'ENOENT') throw thrown
    // No hard links here (FAT, some network shares): look first, then rename.
    if (lookAt(place)) return false
    renameSync(part, place)
    return true
  }
  unlinkSync(part)
  return true
}

export function lookAt(file: string): Stats | null {
  return lstatSync(file, { throwIfNoEntry: false }) ?? null
}

export function stateOf(stats: Stats): DiskState {
  return { size: stats.size, updatedAt: Math.round(stats.mtimeMs) }
}

type Version = { readonly size: number | null; readonly updatedAt: number | null }

/**
 * Whether it is the file that an unheard attempt had named. A name and a size alone prove nothing: the person may have put
 * another file there since, or one of another run may have come.
 */
function isVersionNamed(found: Stats, version: Version, { since, inode }: Unheard): boolean {
  // Where the API gives no time, none was set.
  const isSame = version.updatedAt === null ? isOfSize(found, version) : isVersion(found, version)
  return isSame && (inode === null ? found.ctimeMs >= since : found.ino === inode)
}

function isOfSize(found: Stats, { size }: Version): boolean {
  return found.isFile() && (size === null || found.size === size)
}

/** Where no size is known, the time alone tells: it is set from the run's, and only on whole files. */
function isVersion(found: Stats, version: Version): boolean {
  const { updatedAt } = version
  const isSameTime = updatedAt !== null && Math.abs(found.mtimeMs - updatedAt) <= timeGrain
  return isOfSize(found, version) && isSameTime
}
