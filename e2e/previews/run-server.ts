import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A file's content: all of it, or the bytes of any part of a large one. */
export type Content = Buffer | { readonly size: number; readonly part: (from: number, length: number) => Buffer }

export type ServedFile = { readonly name: string; readonly content: Content; readonly mimeType?: string }

export const executionId = '3f2b6c1e-8d4a-4b7e-9c55-0a1b2c3d4e5f'

/** Serves one run with these files in its workspace, in the API's form; parts by Range, and counts what was sent. */
export async function startRunServer(files: readonly ServedFile[]) {
  const sent = new Map<string, number>()
  const ranges = new Map<string, string[]>()
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host')
    if (pathname === `/executions/${executionId}/files`) return answerListing(response, files)
    const file = files.find(({ name }) => pathname === `/content/${encodeURIComponent(name)}`)
    if (!file) return response.writeHead(404, { 'content-type': 'text/plain' }).end('Execution not found.')
    ranges.set(file.name, [...(ranges.get(file.name) ?? []), request.headers.range ?? ''])
    return answerContent(request, response, file, (count) => sent.set(file.name, (sent.get(file.name) ?? 0) + count))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Bytes of a file that were handed to the network. */
    sentOf: (name: string) => sent.get(name) ?? 0,
    /** The parts of a file that were asked for, as `Range` said it; empty for the whole. */
    rangesOf: (name: string): readonly string[] => ranges.get(name) ?? [],
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

function answerListing(response: ServerResponse, files: readonly ServedFile[]): void {
  const time = '2026-01-02T03:04:05.000Z'
  const workspace = files.map(({ name, content, mimeType }, index) => ({
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    agentId: '11111111-1111-4111-8111-111111111111',
    executionId,
    directory: 'workspace',
    filePath: `/home/agent/workspace/${name}`,
    fileName: name.split('/').at(-1),
    fileSize: Buffer.isBuffer(content) ? content.length : content.size,
    ...(mimeType ? { mimeType } : {}),
    createdBy: 'agent',
    createdAt: time,
    updatedAt: time,
    downloadUrl: `/content/${encodeURIComponent(name)}`,
  }))
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ directories: { workspace } }))
}

function answerContent(
  request: IncomingMessage,
  response: ServerResponse,
  { content }: ServedFile,
  onSent: (count: number) => void,
): void {
  const size = Buffer.isBuffer(content) ? content.length : content.size
  const match = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '')
  const from = Number(match?.[1] ?? 0)
  const to = Math.min(size - 1, match?.[2] ? Number(match[2]) : size - 1)
  if (match && from >= size) return void response.writeHead(416, { 'content-range': `bytes */${size}` }).end()
  const range = match ? { 'content-range': `bytes ${from}-${to}/${size}` } : {}
  response.writeHead(match ? 206 : 200, { 'content-length': to - from + 1, 'accept-ranges': 'bytes', ...range })
  let at = from
  const more = (): void => {
    while (at <= to && !response.destroyed) {
      const length = Math.min(65_536, to - at + 1)
      const part = Buffer.isBuffer(content) ? content.subarray(at, at + length) : content.part(at, length)
      at += length
      onSent(length)
      if (!response.write(part)) return void response.once('drain', more)
    }
    response.end()
  }
  more()
}
