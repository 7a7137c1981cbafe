import { isIPv6 } from 'node:net'

/**
 * The proxy that a request to an https address goes through, from HTTPS_PROXY and NO_PROXY as curl reads them; null for
 * none. Plain http is only spoken to this computer, and never goes through one.
 */
export function proxyFor(url: URL, environment: NodeJS.ProcessEnv): URL | null {
  const plain = environment.http_proxy ?? environment.HTTP_PROXY
  const named = environment.https_proxy ?? environment.HTTPS_PROXY ?? plain
  if (
    !named ||
    url.protocol === 'http:' ||
    isLoopback(url.hostname) ||
    isExcepted(url, environment.no_proxy ?? environment.NO_PROXY ?? '')
  )
    return null
  const address = named.includes('://') ? named : `http://${named}`
  return URL.canParse(address) ? new URL(address) : null
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

function isExcepted(url: URL, list: string): boolean {
  return list
    .split(/[\s,]+/)
    .filter((rule) => rule !== '')
    .some((rule) => {
      if (rule === '*') return true
      const { host, port } = named(rule.toLowerCase())
      if (port !== undefined && port !== (url.port || (url.protocol === 'https:' ? '443' : '80'))) return false
      return host !== '' && (url.hostname === host || url.hostname.endsWith(`.${host}`))
    })
}

/** The host of a rule as it stands in a URL, and its port. */
function named(rule: string): { readonly host: string; readonly port: string | undefined } {
  // An address without brackets can have no port: it would be the address's last part.
  const [, name = '', port] = isIPv6(rule) ? [rule, rule] : (/^\*?\.?(.*?)(?::(\d+))?$/.exec(rule) ?? [])
  const address = name.replace(/^\[|\]$/g, '')
  const host = isIPv6(address) ? (URL.parse(`http://[${address}]`)?.hostname ?? name) : name
  return { host, port }
}
