import { type Connection, resolveDownloadUrl } from '../../api/request-policy.ts'

/** Where a request goes, in the parts that are needed of it. */
export type Address = {
  readonly origin: string
  readonly host: string
  /** With the query. */
  readonly path: string
  readonly url: () => URL
}

/** Characters that a URL's path and query keep as they are; an empty query is left out. */
const plain = /^[\w\-.~!$&()*+,;=:@%/?]*(?<!\?)$/
/** Segments of dots lead elsewhere. */
const dots = /\/(\.|%2e)/i

export function addressOf(url: URL): Address {
  return { origin: url.origin, host: url.host, path: url.pathname + url.search, url: () => url }
}

/**
 * Resolves links as `resolveDownloadUrl` does. The links of a listing lead to few origins, and taking each apart takes longer
 * than asking for it: one that begins as one did before, and holds nothing that a URL would write otherwise, is taken by its text.
 */
export function createAddresses(): (connection: Connection, downloadUrl: string) => Address {
  let last: { readonly prefix: string; readonly origin: string; readonly host: string } | null = null

  return (connection, downloadUrl) => {
    if (last && downloadUrl.startsWith(last.prefix)) {
      const path = downloadUrl.slice(last.origin.length)
      const { origin, host } = last
      if (plain.test(path) && !dots.test(path)) return { origin, host, path, url: () => new URL(downloadUrl) }
    }
    const address = addressOf(resolveDownloadUrl(connection, downloadUrl))
    last = { prefix: `${address.origin}/`, origin: address.origin, host: address.host }
    return address
  }
}
