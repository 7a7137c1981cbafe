const families: Readonly<Record<string, string>> = { image: 'image', video: 'video', audio: 'audio', font: 'font' }
const kinds: Readonly<Record<string, string>> = {
  csv: 'CSV table',
  htm: 'HTML page',
  html: 'HTML page',
  log: 'Log',
  md: 'Markdown',
  pdf: 'PDF document',
  txt: 'Text',
  zip: 'ZIP archive',
}

/** What kind of file it is, in words: from the ending of its name, and from its MIME type. */
export function formatType(name: string, mimeType: string | null): string {
  const dot = name.lastIndexOf('.')
  const ending = dot > 0 && name.length - dot <= 6 ? name.slice(dot + 1) : ''
  const known = kinds[ending.toLowerCase()]
  if (known) return known
  const family = families[mimeType?.split('/')[0] ?? '']
  if (ending !== '') return family ? `${ending.toUpperCase()} ${family}` : `${ending.toUpperCase()} file`
  return mimeType ?? 'File'
}

/** Groups whose formats are told for sure by their first bytes. */
const sure =
  /^(image|audio|video|font)\/(?!svg)|^application\/(pdf|zip|gzip|x-executable|vnd\.microsoft\.portable-executable)$/

/** Tells whether the MIME type that was found makes the one that was given wrong, rather than less exact. */
export function contradicts(given: string | null, found: string): boolean {
  const [type = ''] = (given ?? '').toLowerCase().split(';')
  const group = (mime: string) => mime.trim().split('/')[0]
  if (type === '' || type === 'application/octet-stream' || type === found) return false
  if (sure.test(found)) return group(type) !== group(found) || (group(found) === 'application' && sure.test(type))
  return sure.test(type)
}
