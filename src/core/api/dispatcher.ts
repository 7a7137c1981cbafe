import { type Dispatcher, EnvHttpProxyAgent } from 'undici'
import { Failure, unusableProxy } from '../failure.ts'
import { extraTrust } from './certificates.ts'
import { proxyCredentials } from './proxy-credentials.ts'

/** How long each step may take, in milliseconds. */
export type Timeouts = {
  /** Until a connection is made. */
  readonly connect: number
  /** Until the answer's headers are there. */
  readonly headers: number
  /** Between two pieces of the answer's body. */
  readonly body: number
}

export const defaultTimeouts: Timeouts = { connect: 20_000, headers: 60_000, body: 60_000 }

// Downloads go through no others, and a run that lists but can't be downloaded would be a riddle.
const proxyProtocols = new Set(['http:', 'https:'])
const loopbackHosts = 'localhost,127.0.0.1,[::1]'

/**
 * Makes connections of one's own, as the environment says: HTTPS_PROXY, HTTP_PROXY and NO_PROXY in either case, and
 * NODE_EXTRA_CA_CERTS. This computer is never reached by way of a proxy. Throws `invalid-input`.
 */
export function createDispatcher(environment: NodeJS.ProcessEnv, timeouts: Timeouts): Dispatcher {
  const httpProxy = proxyAddress(environment, 'http_proxy')
  const httpsProxy = proxyAddress(environment, 'https_proxy') || httpProxy
  const noProxy = [environment.no_proxy ?? environment.NO_PROXY, loopbackHosts].filter(Boolean).join(',')
  const secureContext = extraTrust(environment)
  const tls = { timeout: timeouts.connect, ...(secureContext ? { secureContext } : {}) }
  return new EnvHttpProxyAgent({
    httpProxy,
    httpsProxy,
    noProxy,
    allowH2: false,
    connect: tls,
    requestTls: tls,
    proxyTls: tls,
    headersTimeout: timeouts.headers,
    bodyTimeout: timeouts.body,
  })
}

/** An empty text where there is none, since undici would look into the process's own environment otherwise. */
function proxyAddress(environment: NodeJS.ProcessEnv, name: 'http_proxy' | 'https_proxy'): string {
  const given = environment[name] ?? environment[name.toUpperCase()] ?? ''
  // As curl has it, a proxy without a scheme speaks http.
  const text = given === '' || given.includes('://') ? given : `http://${given}`
  if (text === '') return text
  const url = URL.parse(text)
  if (!url || !proxyProtocols.has(url.protocol)) throw new Failure(unusableProxy(name.toUpperCase()))
  proxyCredentials(url, name.toUpperCase())
  return text
}
