import { typeNameByMime, typeNameByName } from '../../../shared/file-types.ts'
import { extensionOf } from '../../../shared/languages.ts'

const longestEnding = 5
const families: readonly string[] = ['image', 'video', 'audio', 'font']

/** What kind of file it is, in words: from its name, and from its MIME type. */
export function formatType(name: string, mimeType: string | null): string {
  const [mime = ''] = (mimeType ?? '').toLowerCase().split(';')
  const known = typeNameByName(name) ?? typeNameByMime(mime.trim(), name)
  if (known) return known
  const ending = extensionOf(name)
  if (ending === '' || ending.length > longestEnding) return mimeType ?? 'File'
  const [family = ''] = mime.split('/')
  return `${ending.toUpperCase()} ${families.includes(family) ? family : 'file'}`
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
