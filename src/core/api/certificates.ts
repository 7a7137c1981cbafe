import { readFileSync } from 'node:fs'
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import { Failure } from '../failure.ts'

/** By the file's name: reading some hundred certificates takes tens of milliseconds. Null where TLS trusts them anyway. */
const known = new Map<string, SecureContext | null>()

/**
 * What TLS trusts beyond its defaults: the certificates in the file that NODE_EXTRA_CA_CERTS names.
 *
 * Node reads that variable itself, but only when it starts, and a packaged Electron whose `nodeOptions` fuse is off
 * never does. Answers undefined when nothing is asked for, or Node has read it. Throws `invalid-input` when the file
 * can't be used.
 */
export function extraTrust(environment: NodeJS.ProcessEnv): SecureContext | undefined {
  const file = environment.NODE_EXTRA_CA_CERTS
  if (!file) return undefined
  const before = known.get(file)
  if (before !== undefined) return before ?? undefined
  try {
    const asked = readFileSync(file, 'utf8')
    const defaults = getCACertificates('default')
    const trust = holdsAll(defaults, asked) ? null : createSecureContext({ ca: [...defaults, asked] })
    known.set(file, trust)
    return trust ?? undefined
  } catch (thrown) {
    const message = `The certificates that NODE_EXTRA_CA_CERTS names (“${file}”) could not be read. Correct it, or unset it.`
    throw new Failure({ kind: 'invalid-input', message }, { cause: thrown })
  }
}

function holdsAll(trusted: readonly string[], asked: string): boolean {
  const wanted = blocksOf(asked)
  const held = new Set(trusted.flatMap(blocksOf))
  // A file in no form that is known here is left to OpenSSL.
  return wanted.length > 0 && wanted.every((each) => held.has(each))
}

/** What a PEM file holds, without the line breaks, which each program sets in its own way (RFC 7468, section 3). */
function blocksOf(pem: string): readonly string[] {
  const found = pem.matchAll(/-----BEGIN [A-Z0-9 ]+-----([^-]+)-----END/g)
  return Array.from(found, ([, base64 = '']) => base64.replaceAll(/\s/g, ''))
}
