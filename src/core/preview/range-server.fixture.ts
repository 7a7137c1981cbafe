import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createClient } from '../api/client.ts'
import { parseBase } from '../api/request-policy.ts'
import type { SourceFile } from '../transfers/file-source.ts'

/** A storage server for tests: one file, with or without Range, whose first links may be dead. */
export async function startRangeServer(options: {
  readonly content: () => Uint8Array
  readonly ranges?: boolean
  readonly isAlive?: (url: string) => boolean
}) {
  const { content, ranges = true, isAlive = () => true } = options
  const requests: { readonly url: string; readonly range: string | undefined }[] = []
  let sent = 0
  const server = createServer((request, response) => {
    requests.push({ url: request.url ?? '', range: request.headers.range })
    if (!isAlive(request.url ?? '')) return response.writeHead(403).end('expired')
    const bytes = content()
    const match = ranges ? /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') : null
    const from = Number(match?.[1] ?? 0)
    const to = Math.min(bytes.length - 1, match?.[2] ? Number(match[2]) : bytes.length - 1)
    if (match && from >= bytes.length)
      return response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end()
    const part = bytes.subarray(from, to + 1)
    response.writeHead(match ? 206 : 200, {
      'content-length': part.length,
      ...(match ? { 'content-range': `bytes ${from}-${to}/${bytes.length}` } : {}),
    })
    let at = 0
    const more = () => {
      while (at < part.length && !response.destroyed) {
        const piece = part.subarray(at, at + 65_536)
        at += piece.length
        sent += piece.length
        if (!response.write(piece)) return response.once('drain', more)
      }
      return response.end()
    }
    return more()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = createClient({ base: parseBase(base), key: null })
  return {
    base,
    client,
    requests,
    /** Bytes handed to the socket. */
    sent: () => sent,
    file: (link: string, name = 'run.log'): SourceFile => ({
      id: 'one',
      path: `debug/${name}`,
      segments: ['debug', name],
      size: content().length,
      updatedAt: '2026-01-01T00:00:00Z',
      mimeType: null,
      downloadUrl: `${base}${link}`,
    }),
    async close() {
      await client.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
