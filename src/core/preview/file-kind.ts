import type { PreviewKind } from '../../shared/models/preview.ts'
import { describeLanguage, extensionOf, findLanguage } from './languages.ts'
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
  return encoding === null ? binary(null, 'Unknown binary data') : textKind(facts, encoding)
}

/** A few printable letters may start a text just as well. */
function isChance({ bytes }: Signature): boolean {
  return !/^(%PDF-|%!PS|\{\\rtf)/.test(bytes) && /^[\x20-\x7e\n]+$/.test(bytes)
}

function binary(foundMime: string | null, description: string): FileKind {
  return { kind: 'binary', foundMime, description, encoding: null, language: null }
}

/** Formats of these groups that Chromium cannot decode; they are shown as bytes. */
const undecodable =
  /^(image\/(tiff|heic|heif|jxl|vnd)|video\/(x-msvideo|x-flv|mpeg$)|audio\/midi|font\/collection|application\/postscript)/

function signedKind({ name, bytes }: Facts, { mime, description }: Signature): FileKind {
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

/** What a zip archive is when it holds a name that starts so. */
const zipContents: readonly (readonly [string, string, string, string])[] = [
  ['xl/', 'xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'Excel workbook'],
  ['word/', 'docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'Word document'],
  ['ppt/', 'pptx', 'application/vnd.openxmlformats-officedocument.presentationml.presentation', 'PowerPoint slides'],
  ['META-INF/MANIFEST.MF', 'jar', 'application/java-archive', 'Java archive'],
  ['mimetypeapplication/epub+zip', 'epub', 'application/epub+zip', 'EPUB book'],
  ['mimetypeapplication/vnd.oasis', 'ods', 'application/vnd.oasis.opendocument', 'OpenDocument file'],
]

function zipKind(name: string, bytes: Uint8Array, description: string): FileKind {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 65_536)).toString('latin1')
  const extension = extensionOf(name)
  const office = zipContents.find(([start, ending]) => text.includes(start) || ending === extension)
  if (!office) return { kind: 'archive', foundMime: 'application/zip', description, encoding: null, language: null }
  const [, ending, foundMime, words] = office
  const kind = ending === 'xlsx' ? 'workbook' : 'archive'
  return { kind, foundMime, description: words, encoding: null, language: null }
}

type TextKind = readonly [kind: PreviewKind, mime: string, description: string, language: string | null]

const byEnding: ReadonlyMap<string, TextKind> = new Map(
  (
    [
      [
        ['md', 'markdown', 'mdown'],
        ['markdown', 'text/markdown', 'Markdown text', null],
      ],
      [
        ['json', 'geojson', 'ipynb', 'har', 'webmanifest', 'map'],
        ['json', 'application/json', 'JSON data', 'json'],
      ],
      [['csv'], ['table', 'text/csv', 'CSV table', null]],
      [
        ['tsv', 'tab'],
        ['table', 'text/tab-separated-values', 'TSV table', null],
      ],
      [
        ['html', 'htm', 'xhtml', 'xht'],
        ['html', 'text/html', 'HTML page', 'xml'],
      ],
      [
        ['log', 'out', 'err', 'trace'],
        ['log', 'text/plain', 'Log', null],
      ],
    ] satisfies [string[], TextKind][]
  ).flatMap(([endings, kind]) => endings.map((ending) => [ending, kind] as const)),
)
const byMime: ReadonlyMap<string, TextKind> = new Map(
  [...byEnding.values()].filter(([, mime]) => mime !== 'text/plain').map((kind) => [kind[1], kind] as const),
)

function textKind({ name, mimeType, bytes }: Facts, encoding: Encoding): FileKind {
  const start = new TextDecoder(encoding).decode(bytes.subarray(0, 4_096)).trimStart()
  const [kind, foundMime, description, language] =
    drawing(name, start) ??
    byEnding.get(extensionOf(name)) ??
    code(name) ??
    byMime.get((mimeType ?? '').split(';')[0]?.trim().toLowerCase() ?? '') ??
    byContent(start)
  return { kind, foundMime, description, encoding, language }
}

/** An SVG picture: named so, and starting so. */
function drawing(name: string, start: string): TextKind | null {
  const isNamed = ['svg', ''].includes(extensionOf(name))
  return isNamed && /^(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*(<!DOCTYPE svg[\s\S]*?>\s*)?<svg[\s>]/i.test(start)
    ? ['image', 'image/svg+xml', 'SVG drawing', 'xml']
    : null
}

function code(name: string): TextKind | null {
  const language = findLanguage(name)
  return language === null ? null : ['code', 'text/plain', describeLanguage(language), language]
}

function byContent(start: string): TextKind {
  if (/^<(!doctype html|html[\s>])/i.test(start)) return ['html', 'text/html', 'HTML page', 'xml']
  if (/^<\?xml\s/.test(start)) return ['code', 'application/xml', 'XML data', 'xml']
  if (/^#!.*\bpython/.test(start)) return ['code', 'text/plain', 'Python', 'python']
  if (/^#!.*\b(ba|z|k)?sh\b/.test(start)) return ['code', 'text/plain', 'Shell script', 'bash']
  if (/^[[{]\s*(["[{\]}]|-?\d)/.test(start)) return ['json', 'application/json', 'JSON data', 'json']
  return ['text', 'text/plain', 'Plain text', null]
}
