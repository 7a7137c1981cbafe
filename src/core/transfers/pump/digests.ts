import { createHash } from 'node:crypto'
import { createCrc32c } from './crc32c.ts'
import type { Hash } from './hash.ts'

/** A check sum that the server gave for the whole file. */
export type Digest = { readonly algorithm: 'sha-256' | 'sha-512' | 'md5' | 'crc32c'; readonly base64: string }

/**
 * The best check sum that the headers give for the whole of a file, or null.
 *
 * `x-goog-hash` and `Repr-Digest` (RFC 9530) are about the file; `Content-MD5` and `Digest` (RFC 3230) about what was
 * sent, so they only count in an answer that holds everything.
 */
export function digestFrom(headers: ReadonlyMap<string, string>, isWhole: boolean): Digest | null {
  // Most servers give none, and most answers are short: looking closer would take longer than the rest of the head.
  if (!named.some((name) => headers.has(name))) return null
  const found = new Map<string, string>()
  const add = (text: string | undefined, pattern: RegExp) => {
    for (const [, name, value] of (text ?? '').matchAll(pattern))
      if (name && value) found.set(name.toLowerCase(), value)
  }
  if (isWhole) {
    const md5 = headers.get('content-md5')
    if (md5) found.set('md5', md5)
    add(headers.get('digest'), /([a-z0-9-]+)=([A-Za-z0-9+/]+={0,2})/gi)
  }
  add(headers.get('x-goog-hash'), /(crc32c|md5)=([A-Za-z0-9+/]+={0,2})/g)
  add(headers.get('repr-digest'), /([a-z0-9-]+)=:([A-Za-z0-9+/]+={0,2}):/gi)
  for (const algorithm of ['sha-256', 'sha-512', 'md5', 'crc32c'] as const) {
    const base64 = found.get(algorithm)
    if (base64 && Buffer.from(base64, 'base64').length === bytesOf[algorithm]) return { algorithm, base64 }
  }
  return null
}

const named = ['content-md5', 'digest', 'x-goog-hash', 'repr-digest']
const bytesOf = { 'sha-256': 32, 'sha-512': 64, md5: 16, crc32c: 4 }

/** Starts to work out a check sum. */
export function createDigest(algorithm: Digest['algorithm']): Hash {
  if (algorithm === 'crc32c') return createCrc32c()
  const hash = createHash(algorithm.replace('sha-', 'sha'))
  return { update: (bytes) => hash.update(bytes), base64: () => hash.digest('base64') }
}
