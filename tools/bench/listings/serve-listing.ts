import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { generateListing } from './generate-listing.ts'

// Serves one listing, made beforehand, from a process of its own, so that making it costs the measured one nothing.
const parts = Array.from(generateListing(Number(process.argv[2])), (part) => Buffer.from(part))
const length = parts.reduce((sum, part) => sum + part.length, 0)

const server = createServer(async (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': length })
  for (const part of parts)
    if (!response.write(part)) await new Promise<void>((resolve) => response.once('drain', () => resolve()))
  response.end()
})
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port, length }))
process.on('disconnect', () => process.exit())
