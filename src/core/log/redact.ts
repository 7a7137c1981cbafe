/** Takes secrets out of whatever is about to be written down or copied. */
export type Redactor = {
  /** A copy that is safe to keep: plain data, strings cleaned, nothing deeper than a few levels. */
  readonly redact: (value: unknown) => unknown
  readonly redactText: (text: string) => string
  /** Makes a known secret disappear wherever it turns up from now on. */
  readonly hide: (secret: string) => void
}

const replacement = '[secret]'
const secretName =
  /^(.*[-_])?(api[-_]?key|key|token|secret|password|passphrase|authorization|cookie|credential|signature|download[-_]?url)s?$/i
/** A header or assignment with a secret's name, up to the end of its value. */
const secretInText =
  /\b(x-asteroid-agents-api-key|asteroid_api_key|authorization|proxy-authorization|set-cookie|cookie|api[-_]?key|access[-_]?token)(["']?\s*[:=]\s*)("[^"]*"|'[^']*'|(?:bearer|basic)\s+\S+|[^\s,;}]+)/gi
const bearer = /\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi
const url = /\b([a-z][a-z0-9+.-]*:\/\/)([^\s"'<>`]*)/gi
const maximumDepth = 6
const maximumItems = 100
const maximumLength = 4_000

/** Makes a redactor; `homeFolder` is written as `~`, so that a log does not tell who its owner is. */
export function createRedactor(homeFolder: string | null = null): Redactor {
  const secrets = new Set<string>()

  function redactText(text: string): string {
    let clean = text
    for (const secret of secrets) clean = clean.replaceAll(secret, replacement)
    clean = clean
      .replace(url, (_, scheme: string, rest: string) => scheme + withoutPath(scheme, rest))
      .replace(secretInText, `$1$2${replacement}`)
      .replace(bearer, `$1 ${replacement}`)
    if (homeFolder) clean = clean.replaceAll(homeFolder, '~')
    return clean.length > maximumLength ? `${clean.slice(0, maximumLength)}…` : clean
  }

  function redactAt(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return redactText(value)
    if (typeof value === 'bigint') return value.toString()
    if (typeof value === 'function' || typeof value === 'symbol') return `[${typeof value}]`
    if (typeof value !== 'object' || value === null) return value
    if (depth >= maximumDepth) return '[deeper]'
    if (value instanceof Error) return redactError(value, depth)
    if (value instanceof URL) return redactText(value.href)
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
    if (Array.isArray(value)) return value.slice(0, maximumItems).map((item) => redactAt(item, depth + 1))
    return Object.fromEntries(
      Object.entries(value)
        .slice(0, maximumItems)
        .map(([name, item]) => [redactText(name), isSecret(name, item) ? replacement : redactAt(item, depth + 1)]),
    )
  }

  function redactError(error: Error, depth: number): unknown {
    const { name, message, stack, cause } = error
    const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
    return {
      name,
      message: redactText(message),
      ...(code && { code }),
      ...(stack && { stack: redactText(stack) }),
      ...(cause !== undefined && { cause: redactAt(cause, depth + 1) }),
    }
  }

  return {
    redact: (value) => redactAt(value, 0),
    redactText,
    hide(secret) {
      // A short text would be found inside harmless words, and is no secret to speak of.
      if (secret.length >= 6) secrets.add(secret)
    },
  }
}

/** Only who is asked stays: a signed link carries its secret in path, query or user name. */
function withoutPath(scheme: string, rest: string): string {
  if (/^(app|file|node):/i.test(scheme)) return rest.replace(/[?#].*$/, '?…')
  const host = rest.replace(/[/?#\\].*$/, '').replace(/^.*@/, '')
  return host.length < rest.length ? `${host}/…` : host
}

function isSecret(name: string, value: unknown): boolean {
  return secretName.test(name) && (typeof value === 'string' || Array.isArray(value))
}
