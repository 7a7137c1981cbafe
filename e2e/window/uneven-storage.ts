import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Answer, listingOf } from './faulty-api.ts'

/**
 * Storage where each file's name says how it fares: `gone-…` is not there, `busy-…` is to be asked for in ten minutes,
 * `stuck-…` stops in the middle until let go, and all others come whole; once it is mended, these too.
 */
export async function startUnevenStorage(executionId: string, names: readonly string[]) {
  const stuck = new Map<ServerResponse, Buffer>()
  let isMended = false
  const sizeOf = (name: string) => 1_000 + names.indexOf(name)
  const server = createServer((request, response) => {
    const name = decodeURIComponent((request.url ?? '').slice(1).replace(/\?.*/, ''))
    if (!isMended && name.includes('gone-')) return response.writeHead(404).end('gone')
    if (!isMended && name.includes('busy-')) return response.writeHead(429, { 'retry-after': '600' }).end()
    const content = Buffer.alloc(sizeOf(name), 'a')
    response.writeHead(200, { 'content-length': content.length })
    if (isMended || !name.includes('stuck-')) return response.end(content)
    response.write(content.subarray(0, 400))
    stuck.set(response, content.subarray(400))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const listing: Answer = listingOf(
    executionId,
    names,
    (name) => `http://127.0.0.1:${port}/${encodeURIComponent(name)}`,
  )
  return {
    listing,
    letGo: () => {
      for (const [response, rest] of stuck) response.end(rest)
      stuck.clear()
    },
    mend: () => {
      isMended = true
    },
    breakAgain: () => {
      isMended = false
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
