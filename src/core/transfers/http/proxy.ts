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
      const [, host = '', port] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(rule.toLowerCase()) ?? []
      if (port !== undefined && port !== (url.port || (url.protocol === 'https:' ? '443' : '80'))) return false
      return host !== '' && (url.hostname === host || url.hostname.endsWith(`.${host}`))
    })
}
