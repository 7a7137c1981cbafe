import { createRequire } from 'node:module'
import { setImmediate as nextRound } from 'node:timers/promises'
import { extraTrust } from './certificates.ts'

/**
 * What the client's HTTP library is made of, from the inside out. Loaded whole it would hold the thread for some 60 ms; of
 * its parts each takes a few, and the rest of it is small once they are there.
 */
const parts = [
  'node:http',
  'node:https',
  'node:http2',
  'undici/lib/core/util',
  'undici/lib/dispatcher/client',
  'undici/lib/dispatcher/env-http-proxy-agent',
  'undici/lib/api',
  'undici/lib/mock/mock-agent',
  'undici/lib/web/fetch/response',
  'undici/lib/web/fetch',
  'undici/lib/web/websocket/websocket',
]

/** Loads the client's code a part at a time, so that nothing else waits long for its turn. */
export async function loadClient(): Promise<typeof import('./client.ts')> {
  const load = createRequire(import.meta.url)
  for (const part of parts) {
    load(part)
    await nextRound()
  }
  try {
    extraTrust(process.env)
  } catch {
    // Whoever makes a client is told.
  }
  await nextRound()
  return import('./client.ts')
}
