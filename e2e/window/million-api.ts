import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export const million = 1_000_000
const filesInFolder = 1_000
const filesInChunk = 5_000

/** An API with one run of a million files: a thousand folders of a thousand, the sizes in no order. */
export async function startMillionApi() {
  const server = createServer((request, response) => {
    if (!request.url?.endsWith('/files')) return response.writeHead(404).end()
    response.writeHead(200, { 'content-type': 'application/json' })
    void writeListing(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    env: { ASTEROID_BASE_URL: `http://127.0.0.1:${port}/agents/v2`, ASTEROID_API_KEY: 'a-key-for-tests' },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** The largest folder, and the largest file in it. */
export function largest(): { readonly folder: string; readonly file: string } {
  const totals = new Float64Array(million / filesInFolder)
  for (let index = 0; index < million; index += 1) {
    const folder = Math.floor(index / filesInFolder)
    totals[folder] = (totals[folder] ?? 0) + sizeOf(index)
  }
  const folder = totals.indexOf(Math.max(...totals))
  const files = Array.from({ length: filesInFolder }, (_, step) => folder * filesInFolder + step)
  const file = files.reduce((most, index) => (sizeOf(index) > sizeOf(most) ? index : most))
  return { folder: folderName(folder), file: fileName(file) }
}

/** 7,919 is prime to a million: every size from 0 to 999,999 comes once. */
function sizeOf(index: number): number {
  return (index * 7_919) % million
}

function folderName(folder: number): string {
  return `f${String(folder).padStart(4, '0')}`
}

function fileName(index: number): string {
  return `file-${String(index).padStart(7, '0')}.txt`
}

async function writeListing(response: ServerResponse): Promise<void> {
  response.write('{"directories":{"workspace":[')
  for (let from = 0; from < million && !response.destroyed; from += filesInChunk) {
    const chunk = Array.from({ length: filesInChunk }, (_, step) => entry(from + step)).join(',')
    if (!response.write((from > 0 ? ',' : '') + chunk)) await once(response, 'drain').catch(() => {})
  }
  response.end(']}}')
}

function entry(index: number): string {
  const folder = folderName(Math.floor(index / filesInFolder))
  const name = fileName(index)
  const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`
  return `{"id":"${id}","agentId":"7d3b8a52-94a1-4f0c-8f55-2b8f4d0c6a11","executionId":"${id}","directory":"workspace","filePath":"workspace/${folder}/${name}","fileName":"${name}","fileSize":${sizeOf(index)},"mimeType":"text/plain","createdBy":"agent","createdAt":"2026-03-05T12:00:00Z","updatedAt":"2026-03-05T12:00:00Z","downloadUrl":"http://127.0.0.1:9/x"}`
}
