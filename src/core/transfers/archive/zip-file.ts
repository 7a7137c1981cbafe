import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { createDeflater, createStorer, type Packer } from './packer.ts'
import { createZipDirectory } from './zip-directory.ts'
import { endRecords, localHeader, type ZipEntry } from './zip-records.ts'

/** A ZIP file that is being written. One entry at a time; one that can't be finished leaves no trace. */
export type ZipFile = {
  /** Begins an entry; writes nothing yet. */
  readonly begin: (name: string, options: { readonly deflate: boolean; readonly updatedAt: number | null }) => void
  readonly write: (bytes: Uint8Array) => Promise<void>
  readonly finish: () => Promise<void>
  /** Takes back the entry that was begun; nothing where there is none. */
  readonly abandon: () => Promise<void>
  /** Writes the directory, and flushes everything to the disk. */
  readonly end: () => Promise<void>
  readonly close: () => Promise<void>
}

/** So much is written at once; an entry that comes to less is written whole, with a header that needs no change. */
const gatherBytes = 256 * 1024

type OpenEntry = {
  record: ZipEntry
  readonly packer: Packer
  /** What is ready, and not written yet. */
  gathered: Uint8Array[]
  gatheredBytes: number
  isOnDisk: boolean
}

/** Makes the file, which must not exist. Throws what `fs` throws, here and in every call. */
export async function createZipFile(path: string): Promise<ZipFile> {
  const handle = await open(path, 'wx')
  const directory = createZipDirectory()
  const deflater = createDeflater()
  const storer = createStorer()
  let offset = 0
  let current: OpenEntry | null = null

  async function gather(entry: OpenEntry, parts: readonly Uint8Array[]): Promise<void> {
    let bytes = 0
    for (const part of parts) bytes += part.length
    entry.gathered.push(...parts)
    entry.gatheredBytes += bytes
    entry.record = { ...entry.record, packedSize: entry.record.packedSize + bytes }
    if (entry.gatheredBytes < gatherBytes) return
    // Its sizes and its sum are not known yet, and come when it is finished.
    await flush(entry, entry.isOnDisk ? [] : [localHeader(entry.record)])
    entry.isOnDisk = true
  }

  async function flush(entry: OpenEntry, before: readonly Uint8Array[]): Promise<void> {
    const all = Buffer.concat([...before, ...entry.gathered])
    await writeAt(handle, all, offset)
    offset += all.length
    entry.gathered = []
    entry.gatheredBytes = 0
  }

  return {
    begin(name, { deflate, updatedAt }) {
      const record = { name, isDeflated: deflate, updatedAt, crc: 0, packedSize: 0, size: 0, offset }
      const packer = deflate ? deflater : storer
      packer.begin()
      current = { record, packer, gathered: [], gatheredBytes: 0, isOnDisk: false }
    },
    async write(bytes) {
      const entry = current
      if (!entry) return
      const { record, packer } = entry
      entry.record = { ...record, crc: crc32(bytes, record.crc), size: record.size + bytes.length }
      await gather(entry, await packer.take(bytes))
    },
    async finish() {
      const entry = current
      if (!entry) return
      await gather(entry, await entry.packer.end())
      const header = localHeader(entry.record)
      await flush(entry, entry.isOnDisk ? [] : [header])
      if (entry.isOnDisk) await writeAt(handle, header, entry.record.offset)
      directory.add(entry.record)
      current = null
    },
    async abandon() {
      if (!current) return
      offset = current.record.offset
      current = null
      await handle.truncate(offset)
    },
    async end() {
      let at = offset
      for (const block of directory.blocks()) {
        await writeAt(handle, block, at)
        at += block.length
      }
      await writeAt(handle, endRecords({ count: directory.count(), size: at - offset, offset }), at)
      await handle.sync()
      deflater.destroy()
      await handle.close()
    },
    async close() {
      deflater.destroy()
      await handle.close()
    },
  }
}

async function writeAt(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, at, bytes.length - at, position + at)
    at += bytesWritten
  }
}
