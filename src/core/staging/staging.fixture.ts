import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { Staged } from '../../shared/models/staging.ts'
import { createClient } from '../api/client.ts'
import { parseBase } from '../api/request-policy.ts'
import { silentLogger } from '../log/logger.ts'
import type { SourceFile } from '../transfers/file-source.ts'
import type { StageSource } from './stage-item.ts'
import { createStaging, type StagingOptions } from './staging.ts'

/** Gone with the test. */
export function temporaryFolder(prefix: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), prefix))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A run of a few files behind a server; nodes from 1 in the order given, and node 0 is the folder `workspace/site`. */
export async function startStaging(contents: Readonly<Record<string, string>>, options: Partial<StagingOptions> = {}) {
  const parent = temporaryFolder('staging-')
  const requests: string[] = []
  let gate = Promise.resolve()
  const server = createServer(async (request, response) => {
    const name = decodeURIComponent((request.url ?? '').slice(1))
    requests.push(name)
    await gate
    response.end(served[name])
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = createClient({ base: parseBase(base), key: null })
  onTestFinished(async () => {
    await client.close()
    server.closeAllConnections()
    server.close()
  })
  const served: Record<string, string> = { ...contents }
  const versions = { updatedAt: '2026-01-02T03:04:05.000Z' }
  const files = (): SourceFile[] =>
    Object.entries(served).map(([name, content]) => ({
      id: name,
      path: name,
      segments: name.split('/'),
      size: Buffer.byteLength(content),
      mimeType: null,
      ...versions,
      downloadUrl: `${base}/${encodeURIComponent(name)}`,
    }))
  const hidden = new Set<string>()
  let asOf = 0
  let looks = 0
  const inFolder = () => files().filter(({ path: at }) => at.startsWith('workspace/site/') && !hidden.has(at))
  const chosen = (nodes: readonly number[]) =>
    nodes.flatMap((node) => (node === 0 ? inFolder() : [files()[node - 1] as SourceFile]))
  const source = {
    execution: { executionId: '3f2b6c1e-8d4a-4b7e-9c55-0a1b2c3d4e5f', source: 'account' },
    filesAsOf: () => asOf,
    file: async (node) => (node === 0 ? null : (files()[node - 1] ?? null)),
    files: async function* (wanted) {
      looks += 1
      yield chosen(wanted.what === 'nodes' ? wanted.nodes : [])
    },
    total: async (wanted) => {
      const some = chosen(wanted.what === 'nodes' ? wanted.nodes : [])
      return { fileCount: some.length, size: some.reduce((sum, file) => sum + (file.size ?? 0), 0), unknownSizes: 0 }
    },
    details: async (node) => ({
      kind: 'folder',
      node,
      summary: {
        path: 'workspace/site',
        fileCount: 0,
        hiddenCount: 0,
        folderCount: 0,
        size: 0,
        unknownSizes: 0,
        oldest: null,
        newest: null,
        byType: [],
        largest: [],
      },
    }),
    relist: async () => [],
  } satisfies StageSource['source']
  const told: Staged[] = []
  const folder = path.join(parent, 'staging')
  const staging = createStaging({
    folder,
    limit: 1_000,
    limits: () => ({ file: 100, selection: 150 }),
    listingOf: async () => ({ source, client }),
    finishedCopy: async () => null,
    finishedFolder: async () => null,
    onChange: (changes) => told.push(...changes),
    log: silentLogger,
    ...options,
  })
  onTestFinished(() => staging.close())
  return {
    staging,
    folder,
    parent,
    requests,
    served,
    /** As a filter does. */
    hide(name: string) {
      hidden.add(name)
      asOf += 1
    },
    looks: () => looks,
    versions,
    told,
    holdServer() {
      const { promise, resolve } = Promise.withResolvers<void>()
      gate = promise
      return resolve
    },
  }
}

export const wanted = (...nodes: number[]) => ({ listing: 1, nodes })
