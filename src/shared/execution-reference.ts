const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const addressProtocols = new Set(['https:', 'http:', 'asteroid-files:'])

/** Tells whether a text is a UUID, the only form of an execution's id. */
export function isExecutionId(text: string): boolean {
  return uuid.test(text)
}

/**
 * Finds the execution that a typed, pasted or dropped text means.
 *
 * Understands the bare id, a web address with `/executions/{id}` in it, and the deep link
 * `asteroid-files://executions/{id}`. Answers the id in lower case, or null when the text means none.
 */
export function parseExecutionReference(text: string): string | null {
  const trimmed = text.trim().replace(/^[<"']+|[>"']+$/g, '')
  if (isExecutionId(trimmed)) return trimmed.toLowerCase()
  const address = toUrl(trimmed)
  if (!address || !addressProtocols.has(address.protocol)) return null
  const segments = [address.host, ...address.pathname.split('/')].filter((segment) => segment !== '')
  const id = segments[segments.lastIndexOf('executions') + 1]
  return segments.includes('executions') && id !== undefined && isExecutionId(id) ? id.toLowerCase() : null
}

function toUrl(text: string): URL | null {
  const withScheme = /^[a-z0-9.-]+\.[a-z]+\//i.test(text) ? `https://${text}` : text
  return URL.canParse(withScheme) ? new URL(withScheme) : null
}
