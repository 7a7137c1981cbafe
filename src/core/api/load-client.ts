import { createRequire } from 'node:module'
import { setImmediate as nextRound } from 'node:timers/promises'
import { extraTrust } from './certificates.ts'

/**
 * What the client's HTTP library is made of, from the inside out. Loaded whole it would hold the thread for some 100 ms; of
 * its parts each takes a few, and so does the whole once they are there.
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
  'undici/lib/mock/snapshot-agent',
  'undici/lib/web/webidl',
  'undici/lib/web/fetch/formdata',
  'undici/lib/web/fetch/body',
  'undici/lib/web/fetch/headers',
  'undici/lib/web/fetch/response',
  'undici/lib/web/fetch/request',
  'undici/lib/web/fetch',
  'undici/lib/web/websocket/websocket',
  'undici/lib/web/websocket/stream/websocketstream',
  'undici/lib/web/cache/cachestorage',
  'undici/lib/web/cookies',
  'undici/lib/web/eventsource/eventsource',
  'undici/lib/cache/memory-cache-store',
  'undici/lib/handler/cache-handler',
  'undici/lib/interceptor/cache',
  'undici/lib/interceptor/dns',
  'undici/lib/interceptor/redirect',
  'undici/lib/interceptor/retry',
  'undici',
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
