import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { Nodes, Row } from '../../shared/models/listing.ts'
import { createClient } from '../api/client.ts'
import { parseBase } from '../api/request-policy.ts'
import { silentLogger } from '../log/logger.ts'
import type { FileSource } from '../transfers/file-source.ts'
import { type OpenListing, openListing } from './open-listing.ts'
import { listingWorkerUrl } from './thread/worker-url.ts'

export const execution = { executionId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301', source: 'account' } as const
export const workerUrl = listingWorkerUrl(new URL('../../main/index.ts', import.meta.url).href)
export const noFilter = { text: '', flat: false, directories: [], types: [], creators: [] }

type Entry = { readonly filePath: string; readonly fileSize?: number; readonly [field: string]: unknown }
type Answer = Readonly<Record<string, readonly Entry[]>>

/** Serves for as long as the test runs. */
export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

type Options = { readonly workerUrl?: URL; readonly cacheFolder?: string }

export async function openAt(base: string, options: Options = {}) {
  const client = createClient({ base: parseBase(base), key: 'secret' })
  onTestFinished(() => client.close())
  const where = { cacheFolder: null, workerUrl: null, ...options }
  const listing = await openListing({
    execution,
    currentClient: async () => client,
    log: silentLogger,
    onChange() {},
    ...where,
  })
  onTestFinished(() => listing.close())
  return { listing }
}

/** Serves listings from memory; each entry's link is told apart by the number of the answer that it came in. */
export async function open(first: Answer | number, options: Options = {}) {
  let answer = first
  let asked = 0
  const base = await serve((request, response) => {
    if (!request.url?.endsWith('/files')) {
      response.end(JSON.stringify({ id: execution.executionId, agentName: 'Invoices', status: 'completed' }))
      return
    }
    asked += 1
    if (typeof answer === 'number') {
      response.writeHead(answer).end()
      return
    }
    const directories = Object.entries(answer).map(([directory, entries]) => [
      directory,
      entries.map((entry, index) => ({
        id: `${directory}-${index}-${entry.filePath}`,
        fileName: entry.filePath.split('/').at(-1),
        fileSize: 1,
        directory,
        createdBy: 'agent',
        updatedAt: '2026-01-01T00:00:00Z',
        downloadUrl: `/${asked}/${entry.filePath}`,
        ...entry,
      })),
    ])
    response.end(JSON.stringify({ directories: Object.fromEntries(directories) }))
  })
  const { listing } = await openAt(base, options)
  return {
    listing,
    asked: () => asked,
    answerWith(next: Answer | number) {
      answer = next
    },
  }
}

export async function rowsOf(listing: OpenListing): Promise<readonly Row[]> {
  return (await listing.rows(0, 1_000)).rows
}

export async function namesOf(listing: OpenListing): Promise<readonly string[]> {
  return (await rowsOf(listing)).map(({ name, level, open, kind }) => {
    const mark = kind === 'file' ? '' : open ? '-' : '+'
    return `${' '.repeat(level - 1)}${mark}${name}`
  })
}

export async function nodeAt(listing: OpenListing, path: string): Promise<number> {
  const node = await listing.nodeAt(path)
  if (node === null) throw new Error(`There is nothing at ${path}.`)
  return node
}

export async function pathsIn(source: FileSource, files: Nodes): Promise<readonly string[]> {
  const paths: string[] = []
  for await (const step of source.files(files)) paths.push(...step.map((file) => file.path))
  return paths
}
