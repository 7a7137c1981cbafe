import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import { crc32, createDeflateRaw, type DeflateRaw } from 'node:zlib'
import { directoryRecord, endRecords, localHeader, type ZipEntry } from './zip-records.ts'

/** A ZIP file that is being written. One entry at a time; one that can't be finished leaves no trace. */
export type ZipFile = {
  readonly begin: (
    name: string,
    options: { readonly deflate: boolean; readonly updatedAt: number | null },
  ) => Promise<void>
  readonly write: (bytes: Uint8Array) => Promise<void>
  readonly finish: () => Promise<void>
  /** Takes back the entry that was begun. */
  readonly abandon: () => Promise<void>
  /** Writes the directory, and flushes everything to the disk. */
  readonly end: () => Promise<void>
  readonly close: () => Promise<void>
}

const gatherBytes = 256 * 1024

/** Makes the file, which must not exist. Throws what `fs` throws, here and in every call. */
export async function createZipFile(path: string): Promise<ZipFile> {
  const handle = await open(path, 'wx')
  const directory: Buffer[] = []
  let offset = 0
  let entry: ZipEntry | null = null
  let packer: Packer | null = null

  async function writePacked(bytes: Uint8Array): Promise<void> {
    if (!entry || bytes.length === 0) return
    await writeAt(handle, bytes, offset)
    offset += bytes.length
    entry = { ...entry, packedSize: entry.packedSize + bytes.length }
  }

  return {
    async begin(name, { deflate, updatedAt }) {
      entry = { name, isDeflated: deflate, updatedAt, crc: 0, packedSize: 0, size: 0, offset }
      packer = deflate ? createPacker() : createGatherer()
      const header = localHeader(entry)
      await writeAt(handle, header, offset)
      offset += header.length
    },
    async write(bytes) {
      if (!entry || !packer) return
      entry = { ...entry, crc: crc32(bytes, entry.crc), size: entry.size + bytes.length }
      await writePacked(await packer.take(bytes))
    },
    async finish() {
      if (!entry || !packer) return
      await writePacked(await packer.end())
      await writeAt(handle, localHeader(entry), entry.offset)
      directory.push(directoryRecord(entry))
      entry = null
    },
    async abandon() {
      if (!entry) return
      packer?.destroy()
      offset = entry.offset
      entry = null
      await handle.truncate(offset)
    },
    async end() {
      const records = Buffer.concat(directory)
      await writeAt(handle, records, offset)
      const end = endRecords({ count: directory.length, size: records.length, offset })
      await writeAt(handle, end, offset + records.length)
      await handle.sync()
      await handle.close()
    },
    async close() {
      packer?.destroy()
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

/** Turns bytes into those that are written: each call answers what is ready. */
type Packer = {
  readonly take: (bytes: Uint8Array) => Promise<Uint8Array>
  readonly end: () => Promise<Uint8Array>
  readonly destroy: () => void
}

function createPacker(): Packer {
  const stream: DeflateRaw = createDeflateRaw()
  let ready: Buffer[] = []
  let failure: Error | null = null
  stream.on('data', (bytes: Buffer) => ready.push(bytes))
  stream.on('error', (error) => {
    failure = error
  })
  const collect = () => {
    if (failure) throw failure
    const all = Buffer.concat(ready)
    ready = []
    return all
  }
  return {
    take: (bytes) =>
      new Promise((resolve, reject) => stream.write(bytes, (error) => (error ? reject(error) : resolve(collect())))),
    end: () =>
      new Promise((resolve, reject) => {
        stream.once('error', reject)
        stream.once('end', () => resolve(collect()))
        stream.end()
      }),
    destroy: () => stream.destroy(),
  }
}

/** Stores bytes as they are, in writes of some size. */
function createGatherer(): Packer {
  let gathered: Uint8Array[] = []
  let length = 0
  const collect = () => {
    const all = gathered.length === 1 && gathered[0] ? gathered[0] : Buffer.concat(gathered, length)
    gathered = []
    length = 0
    return all
  }
  return {
    async take(bytes) {
      gathered.push(bytes)
      length += bytes.length
      return length >= gatherBytes ? collect() : Buffer.alloc(0)
    },
    end: async () => collect(),
    destroy() {},
  }
}
