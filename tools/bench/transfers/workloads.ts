import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream, mkdirSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export type Workload = { readonly name: string; readonly count: number; readonly bytes: number }

const mebi = 1024 * 1024

export const fullWorkloads: readonly Workload[] = [
  { name: '1 × 2 GiB', count: 1, bytes: 2048 * mebi },
  { name: '2,000 × 64 KiB', count: 2_000, bytes: 65_536 },
  { name: '20,000 × 4 KiB', count: 20_000, bytes: 4_096 },
]
export const quickWorkloads: readonly Workload[] = [
  { name: '1 × 512 MiB', count: 1, bytes: 512 * mebi },
  { name: '1,000 × 64 KiB', count: 1_000, bytes: 65_536 },
  { name: '4,000 × 4 KiB', count: 4_000, bytes: 4_096 },
]

/** Only when they are asked for by name: what it takes to show that memory does not grow with a file. */
export const largestWorkloads: readonly Workload[] = [{ name: '1 × 10 GiB', count: 1, bytes: 10 * 1024 * mebi }]
/** For a link that is far away, which sets the pace. */
export const farWorkloads: readonly Workload[] = [
  { name: '1 × 256 MiB', count: 1, bytes: 256 * mebi },
  { name: '2,000 × 64 KiB', count: 2_000, bytes: 65_536 },
]
/** From here on a file has holes instead of bytes: it takes no memory to serve. */
const sparseBytes = 8 * 1024 * mebi

/** Makes a workload's files below a folder; answers their paths there. */
export async function makeFiles(folder: string, { count, bytes }: Workload): Promise<readonly string[]> {
  const names = Array.from({ length: count }, (_, index) => `${count}-${bytes}/f${index}`)
  mkdirSync(path.join(folder, `${count}-${bytes}`), { recursive: true })
  const block = randomBytes(Math.min(bytes, mebi))
  for (const name of names) {
    if (bytes <= block.length) writeFileSync(path.join(folder, name), block)
    else if (bytes >= sparseBytes) {
      writeFileSync(path.join(folder, name), '')
      truncateSync(path.join(folder, name), bytes)
    } else {
      const stream = createWriteStream(path.join(folder, name))
      for (let at = 0; at < bytes; at += block.length) if (!stream.write(block)) await once(stream, 'drain')
      stream.end()
      await once(stream, 'close')
    }
  }
  return names
}
