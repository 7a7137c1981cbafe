import { typeNameByMime, typeNameByName } from '../../shared/file-types.ts'
import { describeLanguage, extensionOf, findLanguage } from '../../shared/languages.ts'
import type { PreviewKind } from '../../shared/models/preview.ts'
import { findSignature, type Signature } from './signatures.ts'
import { type Encoding, findEncoding } from './text-encoding.ts'

/** What a file is, as its bytes, its name and the given MIME type tell, in this order of trust. */
export type FileKind = {
  readonly kind: PreviewKind
  readonly foundMime: string | null
  readonly description: string
  readonly encoding: Encoding | null
  /** The highlighter's name of its language; null when it is not code. */
  readonly language: string | null
}

type Facts = {
  readonly name: string
  /** As the API gave it. */
  readonly mimeType: string | null
  readonly bytes: Uint8Array
  /** Whether `bytes` are the whole file. */
  readonly complete: boolean
}

/** Finds out what a file is. Never throws, whatever the bytes. */
export function findFileKind(facts: Facts): FileKind {
  const { bytes, complete } = facts
  if (bytes.length === 0)
    return { kind: 'empty', foundMime: null, description: 'Empty file', encoding: null, language: null }
  const signature = findSignature(bytes)
  const encoding = findEncoding(bytes, complete)
  if (signature && (encoding === null || !isChance(signature))) return signedKind(facts, signature)
  return encoding === null ? binary() : textKind(facts, encoding)
}

/** A few printable letters may start a text just as well. */
function isChance({ bytes }: Signature): boolean {
  return !/^(%PDF-|%!PS|\{\\rtf)/.test(bytes) && /^[\x20-\x7e\n]+$/.test(bytes)
}

function binary(): FileKind {
  return { kind: 'binary', foundMime: null, description: 'Unknown binary data', encoding: null, language: null }
}

/** Formats of these groups that Chromium cannot decode; they are shown as bytes. */
const undecodable =
  /^(image\/(tiff|heic|heif|jxl|vnd)|video\/(x-msvideo|x-flv|mpeg$)|audio\/midi|font\/collection|application\/postscript)/

function signedKind({ name, bytes }: Facts, { mime, description = nameOfType(mime, name) }: Signature): FileKind {
  if (mime === 'application/zip') return zipKind(name, bytes, description)
  const kind = undecodable.test(mime) ? 'binary' : groupOf(mime)
  return { kind, foundMime: mime, description, encoding: null, language: null }
}

function groupOf(mime: string): PreviewKind {
  const [group] = mime.split('/')
  if (group === 'image' || group === 'audio' || group === 'video' || group === 'font') return group
  if (mime === 'application/pdf') return 'pdf'
  return mime === 'application/gzip' || mime === 'application/x-tar' ? 'archive' : 'binary'
}

function nameOfType(mime: string, name: string): string {
  return typeNameByMime(mime, name) ?? mime
}

/** What a zip archive is when it holds a name that starts so. */
const zipContents: readonly (readonly [string, string, string])[] = [
  ['xl/', 'xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['word/', 'docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['ppt/', 'pptx', 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
  ['META-INF/MANIFEST.MF', 'jar', 'application/java-archive'],
  ['mimetypeapplication/epub+zip', 'epub', 'application/epub+zip'],
  ['mimetypeapplication/vnd.oasis', 'ods', 'application/vnd.oasis.opendocument'],
]

function zipKind(name: string, bytes: Uint8Array, description: string): FileKind {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 65_536)).toString('latin1')
  const extension = extensionOf(name)
  const office = zipContents.find(([start, ending]) => text.includes(start) || ending === extension)
  if (!office) return { kind: 'archive', foundMime: 'application/zip', description, encoding: null, language: null }
  const [, ending, foundMime] = office
  const kind = ending === 'xlsx' ? 'workbook' : 'archive'
  return { kind, foundMime, description: nameOfType(foundMime, name), encoding: null, language: null }
}

type TextKind = { readonly kind: PreviewKind; readonly mime: string; readonly language: string | null }

const json = { kind: 'json', mime: 'application/json', language: 'json' } as const
const html = { kind: 'html', mime: 'text/html', language: 'xml' } as const

const byEnding: ReadonlyMap<string, TextKind> = new Map(
  (
    [
      ['md markdown mdown', { kind: 'markdown', mime: 'text/markdown', language: null }],
      ['json geojson ipynb har webmanifest map', json],
      ['csv', { kind: 'table', mime: 'text/csv', language: null }],
      ['tsv tab', { kind: 'table', mime: 'text/tab-separated-values', language: null }],
      ['html htm xhtml xht', html],
      ['log out err trace', { kind: 'log', mime: 'text/plain', language: null }],
    ] satisfies [string, TextKind][]
  ).flatMap(([endings, kind]) => endings.split(' ').map((ending) => [ending, kind] as const)),
)
const byMime: ReadonlyMap<string, TextKind> = new Map(
  [...byEnding.values()].filter(({ mime }) => mime !== 'text/plain').map((kind) => [kind.mime, kind] as const),
)

function textKind({ name, mimeType, bytes }: Facts, encoding: Encoding): FileKind {
  const start = new TextDecoder(encoding).decode(bytes.subarray(0, 4_096)).trimStart()
  const named = drawing(name, start) ?? byEnding.get(extensionOf(name)) ?? code(name)
  const { kind, mime, language } =
    named ?? byMime.get((mimeType ?? '').split(';')[0]?.trim().toLowerCase() ?? '') ?? byContent(start)
  const description = (named && typeNameByName(name)) ?? nameOfText(mime, language)
  return { kind, foundMime: mime, description, encoding, language }
}

function nameOfText(mime: string, language: string | null): string {
  return mime === 'text/plain' && language !== null ? describeLanguage(language) : nameOfType(mime, '')
}

/** An SVG picture: named so, and starting so. */
function drawing(name: string, start: string): TextKind | null {
  const isNamed = ['svg', ''].includes(extensionOf(name))
  return isNamed && /^(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*(<!DOCTYPE svg[\s\S]*?>\s*)?<svg[\s>]/i.test(start)
    ? { kind: 'image', mime: 'image/svg+xml', language: 'xml' }
    : null
}

function code(name: string): TextKind | null {
  const language = findLanguage(name)
  return language === null ? null : { kind: 'code', mime: 'text/plain', language }
}

function byContent(start: string): TextKind {
  if (/^<(!doctype html|html[\s>])/i.test(start)) return html
  if (/^<\?xml\s/.test(start)) return { kind: 'code', mime: 'application/xml', language: 'xml' }
  if (/^#!.*\bpython/.test(start)) return { kind: 'code', mime: 'text/plain', language: 'python' }
  if (/^#!.*\b(ba|z|k)?sh\b/.test(start)) return { kind: 'code', mime: 'text/plain', language: 'bash' }
  if (/^[[{]\s*(["[{\]}]|-?\d)/.test(start)) return json
  return { kind: 'text', mime: 'text/plain', language: null }
}
