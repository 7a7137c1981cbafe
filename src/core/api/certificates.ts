import { readFileSync } from 'node:fs'
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import { Failure } from '../failure.ts'

/** By the file's name: reading some hundred certificates takes tens of milliseconds. */
const known = new Map<string, SecureContext>()

/**
 * What TLS trusts beyond its defaults: the certificates in the file that NODE_EXTRA_CA_CERTS names.
 *
 * Node reads that variable itself, but only when it starts, and a packaged Electron whose `nodeOptions` fuse is off
 * never does. Answers undefined when nothing is asked for. Throws `invalid-input` when the file can't be used.
 */
export function extraTrust(environment: NodeJS.ProcessEnv): SecureContext | undefined {
  const file = environment.NODE_EXTRA_CA_CERTS
  if (!file) return undefined
  const before = known.get(file)
  if (before) return before
  try {
    const trust = createSecureContext({ ca: [...getCACertificates('default'), readFileSync(file, 'utf8')] })
    known.set(file, trust)
    return trust
  } catch (thrown) {
    const message = `The certificates that NODE_EXTRA_CA_CERTS names (“${file}”) could not be read. Correct it, or unset it.`
    throw new Failure({ kind: 'invalid-input', message }, { cause: thrown })
  }
}
