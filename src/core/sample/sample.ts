import { randomBytes } from 'node:crypto'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basePath, createApi } from './api.ts'
import { createFinishedRun } from './runs/finished-run.ts'
import { createGrowingRun } from './runs/growing-run.ts'
import { createHugeRun } from './runs/huge-run.ts'
import { createSignedLinks } from './signed-links.ts'
import { createStorage } from './storage.ts'

/** A running sample server. Whoever started it closes it. */
export type Sample = {
  /** The API's base, on 127.0.0.1. */
  readonly base: string
  readonly key: string
  /** `label` says of what kind each is; `agentName` is what the API calls it. */
  readonly runs: readonly { readonly executionId: string; readonly label: string; readonly agentName: string }[]
  /** Ends at once what is being served. */
  readonly close: () => Promise<void>
}

export type SampleOptions = {
  /** The API's port; any free one otherwise. Storage always has a free one of its own. */
  readonly port?: number
  /** The key that the API wants; a random one otherwise. */
  readonly key?: string
  /** How long a download link works. */
  readonly linkLifetimeSeconds?: number
  /** How many files the huge run has. */
  readonly fileCount?: number
  /** The size of the finished run's one large file. */
  readonly largeFileBytes?: number
  /** How often the running run takes a step. */
  readonly stepMilliseconds?: number
  /** The time, in milliseconds since 1970, by which links expire and the running run grows. */
  readonly now?: () => number
}

/**
 * Starts a small server on 127.0.0.1 that answers as the API does, and serves three runs: one that has ended, one that
 * goes on, and a huge one.
 *
 * Files come from a second port, since real storage is another origin than the API.
 */
export async function startSample(options: SampleOptions = {}): Promise<Sample> {
  const { linkLifetimeSeconds = 900, now = Date.now } = options
  const key = options.key ?? randomBytes(24).toString('base64url')
  const runs = [
    createFinishedRun({ largeFileBytes: options.largeFileBytes ?? 200_000_000 }),
    createGrowingRun({ stepMilliseconds: options.stepMilliseconds ?? 2_000, now }),
    createHugeRun({ fileCount: options.fileCount ?? 100_000 }),
  ]
  const storage = createServer()
  const api = createServer()
  try {
    const origin = await listen(storage, 0)
    const links = createSignedLinks({ origin, lifetimeSeconds: linkLifetimeSeconds, now })
    serve(storage, createStorage({ runs, links }))
    serve(api, createApi({ runs, links, key }))
    const base = `${await listen(api, options.port ?? 0)}${basePath}`
    return {
      base,
      key,
      runs: runs.map(({ executionId, label, agentName }) => ({ executionId, label, agentName })),
      close: async () => {
        await Promise.all([close(api), close(storage)])
      },
    }
  } catch (thrown) {
    await close(storage)
    throw thrown
  }
}

function serve(server: Server, listener: RequestListener): void {
  server.on('request', listener)
}

/** Listens on 127.0.0.1 and answers the origin. */
function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    if (!server.listening) return resolve()
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
