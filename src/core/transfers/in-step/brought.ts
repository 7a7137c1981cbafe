import { appendFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { setImmediate as turn } from 'node:timers/promises'
import writeFileAtomic from 'write-file-atomic'
import { z } from 'zod'
import type { Logger } from '../../log/logger.ts'
import type { KeptPlaces } from '../batch-targets.ts'
import type { SourceFile } from '../file-source.ts'
import { fromLines, toLine } from '../journal/lines.ts'
import type { DiskState, NameRule } from '../pump/messages.ts'
import { createTakenPaths, isLegalName } from '../target-path.ts'
import { memoryFile } from './memory-file.ts'

/** What was brought into a folder that is kept in step, so that a person's own changes can be told from the run's. */
export type Brought = KeptPlaces & {
  readonly ruleFor: (file: Pick<SourceFile, 'path' | 'size' | 'updatedAt'>) => NameRule
  /** A file of the run is on disk now, at this place below the folder, looking like this. */
  readonly onThere: (file: SourceFile, place: readonly string[], state: DiskState) => void
  /** Writes down what was gathered. */
  readonly write: () => void
}

/**
 * Of one file: the version that was brought, size and time on disk, and the names of its place below the folder, where these
 * are not those of its path in the run; null where several files have that path.
 */
const lineSchema = z
  .tuple([z.string(), z.number().nullable(), z.string(), z.number(), z.number()])
  .rest(z.array(z.string()).min(1).nullable())
type Line = z.infer<typeof lineSchema>

const gatherMilliseconds = 500
/** There may be a million lines. */
const linesPerTurn = 512

/**
 * Reads the memory of a folder, which lies in the folder itself: it goes along when the folder is moved, and the app and
 * the command line share it.
 */
export async function openBrought(folder: string, executionId: string, log: Logger): Promise<Brought> {
  const file = memoryFile(folder, executionId)
  const known = new Map<string, Line>()
  /** Paths that several files have. */
  const shared = new Set<string>()
  /** Paths whose places lead out of the folder, or are no names for files: nothing leads there, whoever wrote it down. */
  const astray = new Set<string>()
  const taken = createTakenPaths()
  const content = await readFile(file, 'utf8').catch(() => '')
  let lineCount = 0
  for (const line of fromLines(content)) {
    const parsed = lineSchema.safeParse(line)
    if (parsed.success) known.set(parsed.data[0], parsed.data)
    if (parsed.data?.[5] === null) shared.add(parsed.data[0])
    lineCount += 1
    if (lineCount % linesPerTurn === 0) await turn()
  }
  let checked = 0
  for (const line of known.values()) {
    const place = placeIn(line)
    if (place?.every(isLegalName)) taken.add(place)
    else if (place) astray.add(line[0])
    checked += 1
    if (checked % linesPerTurn === 0) await turn()
  }
  if (lineCount > known.size * 2) await writeFileAtomic(file, [...known.values()].map(toLine).join(''))
  let lines: string[] = []
  let timer: NodeJS.Timeout | undefined

  function writeDown(line: Line): void {
    lines.push(toLine(line))
    timer ??= setTimeout(write, gatherMilliseconds)
  }

  function write(): void {
    clearTimeout(timer)
    timer = undefined
    const text = lines.join('')
    lines = []
    try {
      if (text !== '') appendFileSync(file, text)
    } catch (error) {
      // Without it the next time leaves changed files alone rather than replace them.
      log.warn('What was brought into a folder could not be written down.', { error })
    }
  }

  return {
    placeOf(filePath) {
      const line = known.get(filePath)
      return line && !astray.has(filePath) ? placeIn(line) : null
    },
    taken,
    onShared(filePath) {
      if (shared.has(filePath)) return
      shared.add(filePath)
      const line = known.get(filePath)
      // For this time the first of them has that place, as it was given it.
      if (line) writeDown([line[0], line[1], line[2], line[3], line[4], null])
    },
    ruleFor({ path: name, size, updatedAt }) {
      const line = known.get(name)
      if (!line) return { rule: 'in-step', brought: null, isSameVersion: false }
      const [, broughtSize, broughtUpdatedAt, diskSize, diskUpdatedAt] = line
      const isSameVersion = broughtSize === size && broughtUpdatedAt === updatedAt
      return { rule: 'in-step', brought: { size: diskSize, updatedAt: diskUpdatedAt }, isSameVersion }
    },
    onThere({ path: name, size, updatedAt }, place, state) {
      const version = [name, size, updatedAt, state.size, state.updatedAt] as const
      if (shared.has(name)) {
        const [, , , , , ...before] = known.get(name) ?? [...version, null]
        known.set(name, [...version, ...before])
        writeDown([...version, null])
        return
      }
      const line: Line = place.join('/') === name ? [...version] : [...version, [...place]]
      known.set(name, line)
      astray.delete(name)
      taken.add(place)
      writeDown(line)
    },
    write,
  }
}

function placeIn(line: Line): readonly string[] | null {
  return line[5] === undefined ? line[0].split('/') : line[5]
}
