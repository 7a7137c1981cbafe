import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server that nobody must come to. */
export async function startTrap() {
  const visits: string[] = []
  const server = createServer((request, response) => {
    visits.push(request.url ?? '')
    response.end('seen')
  })
  // What connects without asking for anything has come too.
  server.on('connection', () => visits.push('connection'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, visits, close: () => server.close() }
}
