import { Gunzip } from 'fflate'
import { answerQuestions, ContentProblem } from './answer-questions.ts'
import type { ArchiveListing } from './archive-entry.ts'
import { createTarScanner } from './tar-scanner.ts'

export type GunzipQuestion = { readonly bytes: Uint8Array; readonly isWhole: boolean; readonly name: string }

/** A few megabytes can unpack to terabytes: after this much, what was found is all that is shown. */
const maximumUnpacked = 512 * 1024 * 1024
const maximumEntries = 20_000
const step = 16 * 1024

answerQuestions(({ bytes, isWhole, name }: GunzipQuestion): ArchiveListing => {
  const scanner = createTarScanner(maximumEntries)
  let unpacked = 0
  let wantsMore = true
  const gunzip = new Gunzip((part) => {
    unpacked += part.length
    if (wantsMore) wantsMore = scanner.push(part) && unpacked < maximumUnpacked
  })
  let isBroken = false
  try {
    for (let at = 0; at < bytes.length && wantsMore; at += step)
      gunzip.push(bytes.subarray(at, at + step), isWhole && at + step >= bytes.length)
  } catch {
    isBroken = true
  }
  const isTar = scanner.isTar() && scanner.entries().length > 0
  if (isTar) return { entries: scanner.entries(), isWhole: scanner.isWhole() }
  if (unpacked === 0 || /\.(tar\.gz|tgz)$/i.test(name))
    throw new ContentProblem('This archive is broken: nothing in it can be read.')
  const only = {
    name: name.replace(/\.gz$/i, ''),
    isFolder: false,
    size: isWhole && !isBroken && wantsMore ? unpacked : null,
  }
  return { entries: [{ ...only, updatedAt: null, isLocked: false }], isWhole: isWhole && !isBroken }
})
