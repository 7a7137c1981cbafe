import { Gunzip } from 'fflate'
import { ContentProblem } from './answer-questions.ts'
import type { ArchivePart } from './archive-entry.ts'
import { createTarScanner } from './tar-scanner.ts'

/** A few megabytes can unpack to terabytes: each part of the packed file is unpacked no further than this. */
const maximumUnpackedOfPart = 512 * 1024 * 1024
const maximumEntries = 200_000
const step = 16 * 1024

/** Finds what a gzip holds, in parts of it that come one after the other. Throws a `ContentProblem` when it is broken. */
export function createGzipScanner(name: string) {
  const scanner = createTarScanner(maximumEntries)
  let unpacked = 0
  let unpackedOfPart = 0
  let told = 0
  let wantsMore = true
  const gunzip = new Gunzip((part) => {
    unpacked += part.length
    unpackedOfPart += part.length
    if (wantsMore) wantsMore = scanner.push(part) && unpackedOfPart < maximumUnpackedOfPart
  })

  return {
    push(bytes: Uint8Array, isLast: boolean): Omit<ArchivePart, 'reached'> {
      unpackedOfPart = 0
      let isBroken = false
      try {
        for (let at = 0; at < bytes.length && wantsMore; at += step)
          gunzip.push(bytes.subarray(at, at + step), isLast && at + step >= bytes.length)
      } catch {
        isBroken = true
      }
      if (scanner.isTar() && scanner.entries().length > 0) {
        const entries = scanner.entries().slice(told)
        told += entries.length
        const canGoOn = !isBroken && !isLast && wantsMore
        // Some programs leave out the mark at the end.
        const isWhole = scanner.isWhole() || (isLast && !isBroken && scanner.isBetweenEntries())
        return { entries, rest: isWhole ? 'none' : canGoOn ? 'more' : 'cut' }
      }
      if (unpacked === 0 || /\.(tar\.gz|tgz)$/i.test(name))
        throw new ContentProblem('This archive is broken: nothing in it can be read.')
      const isWhole = isLast && !isBroken && unpackedOfPart < maximumUnpackedOfPart
      const only = { name: name.replace(/\.gz$/i, ''), isFolder: false, size: isWhole ? unpacked : null }
      return { entries: [{ ...only, updatedAt: null, isLocked: false }], rest: 'none' }
    },
  }
}
