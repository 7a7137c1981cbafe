/** A strong ETag, or a Last-Modified that is old enough to be one (RFC 9110, 8.8.2.2); else null. */
export function strongValidator(headers: ReadonlyMap<string, string>): string | null {
  const etag = headers.get('etag')
  if (etag !== undefined) return /^"[\x21\x23-\x7e]*"$/.test(etag) ? etag : null
  const modified = headers.get('last-modified')
  const age = Date.parse(headers.get('date') ?? '') - Date.parse(modified ?? '')
  return modified !== undefined && age >= 1_000 ? modified : null
}
