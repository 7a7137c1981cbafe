import { stat } from 'node:fs/promises'
import path from 'node:path'
import { Failure } from '../core/failure.ts'
import { formatBytes } from '../core/format-bytes.ts'
import type { FileSource } from '../core/transfers/file-source.ts'
import { freeBytes } from '../core/transfers/queue/disk-room.ts'
import { partNameOf } from '../core/transfers/queue/item.ts'
import { safeName } from '../core/transfers/target-path.ts'
import type { Nodes } from '../shared/models/listing.ts'

/**
 * Refuses a download that the disk has no room for, before its first byte. Files that are there, and what is there of
 * others, are not counted; where that can't be told, the download is let go on. Throws a `Failure`.
 */
export async function refuseWithoutRoom(listing: FileSource, files: Nodes, target: string): Promise<void> {
  const free = await freeBytes(target)
  if (free === null) return
  const { size } = await listing.total(files)
  // Looking at every file takes time, and most disks have room for all of them.
  if (size <= free) return
  const needed = await bytesToCome(listing, files, target)
  if (needed <= free) return
  const missing = `${formatBytes(needed)} are to come, and there is room for ${formatBytes(free)}`
  const message = `The disk of “${target}” is too full: ${missing}. ${formatBytes(needed - free)} more must be free. Make room, and give the command again.`
  throw new Failure({ kind: 'disk-full', message })
}

async function bytesToCome(listing: FileSource, files: Nodes, target: string): Promise<number> {
  let sum = 0
  for await (const some of listing.files(files)) {
    const lacking = some.map(async ({ segments, size }) => {
      const place = path.join(target, ...segments.map(safeName))
      if ((await sizeOf(place)) !== null) return 0
      return Math.max(0, (size ?? 0) - ((await sizeOf(partNameOf(place, 1))) ?? 0))
    })
    sum += (await Promise.all(lacking)).reduce((total, each) => total + each, 0)
  }
  return sum
}

/** The size of a file in bytes; null when there is none. */
async function sizeOf(file: string): Promise<number | null> {
  try {
    return (await stat(file)).size
  } catch {
    return null
  }
}
