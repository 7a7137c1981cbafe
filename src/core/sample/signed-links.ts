import { createHmac, createSecretKey, randomBytes, timingSafeEqual } from 'node:crypto'

export type SignedLinks = {
  /** A link to a file that works until it expires. */
  readonly make: (executionId: string, fileId: string) => string
  /** What a link leads to, or why it leads nowhere. */
  readonly check: (
    url: URL,
  ) => { readonly executionId: string; readonly fileId: string } | 'expired' | 'wrong-signature' | 'no-object'
}

/** Makes and checks links as storage does: the right to read is in the URL, and ends. */
export function createSignedLinks(options: {
  readonly origin: string
  readonly lifetimeSeconds: number
  /** Milliseconds since 1970. */
  readonly now: () => number
}): SignedLinks {
  const { origin, lifetimeSeconds, now } = options
  // As a key object, since bytes would be made into one for each link.
  const secret = createSecretKey(randomBytes(32))
  const sign = (path: string, expires: string) =>
    createHmac('sha256', secret).update(`${path}\n${expires}`).digest('hex')
  return {
    make(executionId, fileId) {
      const path = `/storage/${executionId}/${fileId}`
      const expires = String(now() + lifetimeSeconds * 1_000)
      return `${origin}${path}?expires=${expires}&signature=${sign(path, expires)}`
    },
    check(url) {
      const match = /^\/storage\/([^/]+)\/([^/]+)$/.exec(url.pathname)
      const [, executionId, fileId] = match ?? []
      if (executionId === undefined || fileId === undefined) return 'no-object'
      const expires = url.searchParams.get('expires') ?? ''
      const given = Buffer.from(url.searchParams.get('signature') ?? '')
      const wanted = Buffer.from(sign(url.pathname, expires))
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return 'wrong-signature'
      return now() < Number(expires) ? { executionId, fileId } : 'expired'
    },
  }
}
