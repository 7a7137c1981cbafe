import type { AppError } from '../shared/errors.ts'

/** An expected failure on its way up to whoever answers it as data. */
export class Failure extends Error {
  readonly error: AppError

  constructor(error: AppError, options?: ErrorOptions) {
    super(error.message, options)
    this.name = 'Failure'
    this.error = error
  }
}

const networkSentence = 'Your computer could not reach the server.'
const tlsCodes =
  /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UND_ERR_PRX_TLS|UNABLE_TO_(VERIFY|GET_ISSUER)|HOSTNAME_MISMATCH|ERR_OSSL)/

/** Turns what Node or undici threw into a failure with a kind; passes a `Failure` through, and wraps nothing it does not know. */
export function toFailure(thrown: unknown): unknown {
  if (thrown instanceof Failure) return thrown
  const error = networkError(thrown) ?? diskError(thrown)
  return error ? new Failure(error, { cause: thrown }) : thrown
}

/** Reads the code of an error, or of the first error below it that has one. */
export function errorCode(thrown: unknown): string {
  if (!(thrown instanceof Error)) return ''
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return errorCode(thrown.errors[0])
  return errorCode(thrown.cause)
}

/** Says which proxies can be used; the address may hold a password, so it is not repeated. */
export function unusableProxy(variable: string): AppError {
  const message = `The proxy in ${variable} is not an address such as http://proxy.example:8080, by http or https. Correct it, or unset it.`
  return { kind: 'invalid-input', message }
}

/** What a proxy's answer means that makes no tunnel; null for an answer that is none. */
export function proxyRefusal(status: number | null): AppError {
  if (status === 407) {
    const message = 'The proxy asks for a name and a password (407). Put them into HTTPS_PROXY.'
    return { kind: 'offline', cause: 'proxy', message }
  }
  if (status !== null && status >= 500)
    return { kind: 'offline', cause: 'network', message: `The proxy could not reach the server (${status}).` }
  const how = status === null ? 'Its answer could not be understood.' : `It answered ${status}.`
  return { kind: 'offline', cause: 'proxy', message: `The proxy did not let the connection through. ${how}` }
}

function networkError(thrown: unknown): AppError | null {
  const code = errorCode(thrown)
  const proxyStatus = thrown instanceof Error ? /^Proxy response \((\d+)\)/.exec(thrown.message)?.[1] : undefined
  // undici gives this the name of a cancelled request, which it is not.
  if (proxyStatus !== undefined) return proxyRefusal(Number(proxyStatus))
  if (thrown instanceof Error && thrown.name === 'AbortError')
    return { kind: 'cancelled', message: 'You cancelled this.' }
  if (thrown instanceof Error && thrown.name === 'TimeoutError') return timedOut()
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return { kind: 'offline', cause: 'dns', message: `${networkSentence} Its name was not found.` }
  if (code === 'ECONNREFUSED')
    return { kind: 'offline', cause: 'refused', message: `${networkSentence} The connection was refused.` }
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'UND_ERR_SOCKET')
    return { kind: 'offline', cause: 'reset', message: 'The connection was cut before the answer was complete.' }
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return notConnected()
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT' || code === 'ETIMEDOUT') return timedOut()
  if (tlsCodes.test(code))
    return {
      kind: 'offline',
      cause: 'tls',
      message: `No secure connection could be made to the server: its certificate was not accepted (${code}).`,
    }
  if (/^(Z_|ERR__ERROR_FORMAT)/.test(code))
    return { kind: 'bad-response', message: 'What the server sent was damaged: it could not be unpacked.' }
  if (code.startsWith('HPE_') || (thrown instanceof Error && thrown.name === 'HTTPParserError'))
    return { kind: 'bad-response', message: 'What answered did not answer as a web server does.' }
  if (code.startsWith('UND_ERR') || code === 'ENETUNREACH' || code === 'EHOSTUNREACH')
    return { kind: 'offline', cause: 'network', message: networkSentence }
  return null
}

/** No connection came about in the time that there was for it, as to a host behind a VPN that is off. */
export function notConnected(): AppError {
  return { kind: 'offline', cause: 'network', message: `${networkSentence} It did not answer.` }
}

function timedOut(): AppError {
  return { kind: 'timed-out', message: 'The server took too long to answer.' }
}

function diskError(thrown: unknown): AppError | null {
  const code = errorCode(thrown)
  if (code === 'ENOSPC' || code === 'EDQUOT') return { kind: 'disk-full', message: 'The disk is full.' }
  if (/^E(ACCES|PERM|ROFS|EXIST|NOTDIR|ISDIR|NOENT|NAMETOOLONG|IO|BUSY|LOOP)$/.test(code))
    return { kind: 'disk', code, message: `The file could not be written (${code}).` }
  return null
}
