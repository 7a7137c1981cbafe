import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type SizeServer = { readonly base: string; readonly stop: () => void }

const block = Buffer.from('12:34:56 a line of a log, much like the one before it\n'.repeat(5_000))

/** Answers every request with as much text as its `size` says, on a free port of this computer. */
export async function serveSizes(): Promise<SizeServer> {
  const server = createServer((request, response) => {
    let left = Number(new URL(request.url ?? '', 'http://127.0.0.1').searchParams.get('size'))
    response.writeHead(200, { 'content-length': left })
    const send = () => {
      while (left > block.length) {
        left -= block.length
        if (!response.write(block)) return void response.once('drain', send)
      }
      response.end(block.subarray(0, left))
    }
    send()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}
