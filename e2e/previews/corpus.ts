import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import * as made from './made-files.ts'
import * as recorded from './recorded-files.ts'
import { repeated } from './repeated-content.ts'
import type { ServedFile } from './run-server.ts'

/** A file, and what must be on screen when it is looked at. */
export type Specimen = ServedFile & {
  /** The kind that it is told to be. */
  readonly kind: string
  /** How it is shown, where not as its kind: `text` or `bytes`. */
  readonly shown?: string
  /** Texts that are on screen. */
  readonly texts?: readonly string[]
  /** What must be found within the preview. */
  readonly finds?: string
  /** The encoding that its text is read in. */
  readonly encoding?: string
  /** A picture's width in pixels, as decoded. */
  readonly width?: number
}

const text = (value: string): Buffer => Buffer.from(value)
const standardFonts = path.resolve(import.meta.dirname, '../../node_modules/pdfjs-dist/standard_fonts')
export const texts: readonly Specimen[] = [
  {
    name: 'plain.txt',
    content: text('Hello, world\nsecond line\n'),
    kind: 'text',
    texts: ['Hello, world', 'second line'],
  },
  { name: 'mark.txt', content: text('\ufeffWith a mark: ü'), kind: 'text', texts: ['With a mark: ü'] },
  {
    name: 'utf16le.txt',
    content: Buffer.from('\ufeffWide text ü', 'utf16le'),
    kind: 'text',
    texts: ['Wide text ü'],
    encoding: 'utf-16le',
  },
  {
    name: 'utf16be.txt',
    content: Buffer.from('\ufeffWide text ü', 'utf16le').swap16(),
    kind: 'text',
    texts: ['Wide text ü'],
    encoding: 'utf-16be',
  },
  {
    name: 'latin.txt',
    content: Buffer.from('Größe: 5 Stück', 'latin1'),
    kind: 'text',
    texts: ['Größe: 5 Stück'],
    encoding: 'windows-1252',
  },
  {
    name: 'shift-jis.txt',
    content: Buffer.from('82c882f182b382a282cc4e6f746582c582b7814293fa967b8cea', 'hex'),
    kind: 'text',
    texts: ['なんさいのNoteです。日本語'],
    encoding: 'shift_jis',
  },
  {
    name: 'russian.txt',
    content: Buffer.from('d1e5e3eee4edff20eef7e5edfc20f5eef0eef8e0ff20efeee3eee4e02e', 'hex'),
    kind: 'text',
    texts: ['Сегодня очень хорошая погода.'],
    encoding: 'windows-1251',
  },
  { name: 'windows.txt', content: text('one\r\ntwo\r\nthree'), kind: 'text', texts: ['one', 'two', 'three'] },
  { name: 'scripts.txt', content: text('世界 🎈 مرحبا שלום'), kind: 'text', texts: ['世界 🎈 مرحبا שלום'] },
  { name: 'empty.txt', content: text(''), kind: 'empty', texts: ['This file is empty.'] },
  { name: 'one-line.txt', content: text('x'.repeat(3_000_000)), kind: 'text', texts: ['First 1', 'Load more'] },
  { name: 'no-ending', content: text('words without an ending'), kind: 'text', texts: ['words without an ending'] },
  {
    name: 'not-text.txt',
    content: Buffer.from([1, 2, 0, 3, 255, 254, 0, 9]),
    kind: 'binary',
    texts: ['Unknown binary data', '01 02 00 03'],
  },
  {
    name: 'script.py',
    content: text('def main():\n    return "ü"\n'),
    kind: 'code',
    texts: ['return'],
    finds: '[data-scope="keyword"]',
  },
  { name: 'program.ts', content: text('export const a: number = 1\n'), kind: 'code', finds: '[data-scope="keyword"]' },
  { name: 'Dockerfile', content: text('FROM debian\nRUN true\n'), kind: 'code', finds: '[data-scope="keyword"]' },
  { name: 'settings.yaml', content: text('key: value # why\n'), kind: 'code', finds: '[data-scope="comment"]' },
  { name: 'query.sql', content: text("SELECT 'a' FROM t;\n"), kind: 'code', finds: '[data-scope="string"]' },
  { name: 'change.diff', content: text('--- a\n+++ b\n-old\n+new\n'), kind: 'code', finds: '[data-scope="addition"]' },
  { name: 'run-me', content: text('#!/bin/bash\necho hi\n'), kind: 'code', texts: ['echo hi'] },
  {
    name: 'data.xml',
    content: text('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "&b;&b;">]><a>&b;</a>'),
    kind: 'code',
    texts: ['<!ENTITY b'],
  },
  { name: 'lines.jsonl', content: text('{"a":1}\n{"a":2}\n'), kind: 'code', finds: '[data-scope="number"]' },
  {
    name: 'slow.js',
    content: text(`/${'(a+)+'.repeat(2_000)}$/\n${'`${'.repeat(5_000)}`),
    kind: 'code',
    texts: ['(a+)+'],
  },
  { name: 'colours.log', content: text('\u001b[32mok\u001b[0m done\n'), kind: 'log', texts: ['done'] },
  {
    name: 'huge.log',
    content: repeated('2026-01-02T03:04:05Z step done, all is well\n'),
    kind: 'log',
    texts: ['step done, all is well', 'of 1.0 GB'],
  },
  {
    name: 'read-me.md',
    content: text('# Title\n\nSome *words* and `code`.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n'),
    kind: 'markdown',
    texts: ['Title', 'words'],
    finds: 'table td',
  },
  { name: 'nested.md', content: text('>'.repeat(20_000)), kind: 'markdown' },
  {
    name: 'object.json',
    content: text('{"name":"Ä","list":[1,2,3]}'),
    kind: 'json',
    texts: ['name:', '"Ä"', '[ 3 items ]'],
  },
  { name: 'exact.json', content: text('{"id":12345678901234567890}'), kind: 'json', texts: ['12345678901234567890'] },
  {
    name: 'broken.json',
    content: text('{"name": "Ä", '),
    kind: 'json',
    shown: 'text',
    texts: ['This is not valid JSON', '"name"'],
  },
  { name: 'deep.json', content: text(`${'['.repeat(200_000)}${']'.repeat(200_000)}`), kind: 'json' },
  {
    name: 'wide.json',
    content: text(JSON.stringify(Array.from({ length: 5_000 }, (_, index) => index))),
    kind: 'json',
    texts: ['[ 5,000 items ]'],
  },
  {
    name: 'huge.json',
    content: repeated('{"a":[1,2,3],"b":"cccccccccccc"},'),
    kind: 'json',
    shown: 'text',
    texts: ['too large for a tree'],
  },
  {
    name: 'commas.csv',
    content: text('name,amount\n"Smith, J",12\nÄ,3.5\n'),
    kind: 'table',
    texts: ['Smith, J', '2 rows, 2 columns'],
  },
  {
    name: 'semicolons.csv',
    content: Buffer.from('Größe;Stück\n5;7\n', 'latin1'),
    kind: 'table',
    texts: ['Größe', 'Stück'],
  },
  { name: 'quotes.csv', content: text('a,b\n"line one\nline two","say ""hi"""\n'), kind: 'table', texts: ['say "hi"'] },
  { name: 'ragged.csv', content: text('a,b,c\n1\n1,2,3,4\n'), kind: 'table', texts: ['4 columns'] },
  {
    name: 'formula.csv',
    content: text('a\n=HYPERLINK("http://example.invalid")\n'),
    kind: 'table',
    texts: ['=HYPERLINK'],
  },
  {
    name: 'wide.csv',
    content: text(`${Array.from({ length: 5_000 }, (_, index) => `c${index}`).join(',')}\n`),
    kind: 'table',
    texts: ['5,000 columns', 'the first 200 shown'],
  },
  {
    name: 'no-header.csv',
    content: text('2026-01-01,12\n2026-01-02,3.5\n'),
    kind: 'table',
    texts: ['2 rows, 2 columns'],
  },
  { name: 'tabs.tsv', content: text('a\tb\n1\t2\n'), kind: 'table', texts: ['1 row, 2 columns'] },
  {
    name: 'huge.csv',
    content: repeated('id,name,amount\n1,somebody,12.50\n'),
    kind: 'table',
    texts: ['so far', 'of 1.0 GB'],
  },
]

export const others: readonly Specimen[] = [
  {
    name: 'invoices.xlsx',
    content: made.workbook(),
    kind: 'workbook',
    texts: ['Supplier', 'Ärzte & Söhne', '2026-01-01', '1250.5', 'Totals', '1 row'],
  },
  {
    name: 'broken.xlsx',
    content: made.workbook().subarray(0, 400),
    kind: 'workbook',
    shown: 'bytes',
    texts: ['This workbook is broken'],
  },
  {
    name: 'bomb.xlsx',
    content: made.workbookBomb(),
    kind: 'workbook',
    shown: 'bytes',
    texts: ['unpacks to more than can be shown'],
  },
  {
    name: 'locked.xlsx',
    content: Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 locked', 'latin1'),
    kind: 'binary',
    texts: ['Older Office document'],
  },
  { name: 'picture.png', content: made.png(40, 30), kind: 'image', width: 40, texts: ['40 × 30 pixels'] },
  { name: 'photo.jpg', content: recorded.jpeg, kind: 'image', width: 16 },
  { name: 'moving.gif', content: recorded.animatedGif, kind: 'image', width: 16 },
  { name: 'picture.webp', content: recorded.webp, kind: 'image', width: 16 },
  { name: 'picture.avif', content: recorded.avif, kind: 'image', width: 16 },
  { name: 'picture.bmp', content: made.bmp(20, 10), kind: 'image', width: 20 },
  { name: 'picture.ico', content: made.icon(), kind: 'image', width: 16 },
  {
    name: 'drawing.svg',
    content: text(
      '<svg xmlns="http://www.w3.org/2000/svg" width="50" height="20"><rect width="50" height="20" fill="red"/></svg>',
    ),
    kind: 'image',
    width: 50,
  },
  {
    name: 'drawing-bomb.svg',
    content: text(made.drawingBomb()),
    kind: 'image',
    shown: 'text',
    texts: ['more shapes than can be drawn', '<svg'],
  },
  {
    name: 'entities.svg',
    content: text(
      '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg"><text>&c;</text></svg>',
    ),
    kind: 'image',
    shown: 'text',
  },
  {
    name: 'bomb.png',
    content: made.png(10, 10, { width: 60_000, height: 60_000 }),
    kind: 'image',
    shown: 'bytes',
    texts: ['60,000 × 60,000 pixels, more than can be shown'],
  },
  { name: 'cut.png', content: made.png(40, 30).subarray(0, 20), kind: 'image', shown: 'bytes', texts: ['broken'] },
  { name: 'really-a-picture.pdf', content: made.png(40, 30), mimeType: 'application/pdf', kind: 'image', width: 40 },
  {
    name: 'scan.tif',
    content: Buffer.from('II*\0\x08\0\0\0\0\0\0\0', 'latin1'),
    kind: 'binary',
    texts: ['Probably: TIFF image'],
  },
  {
    name: 'pages.pdf',
    content: made.pdf(['First page', 'Second page']),
    kind: 'pdf',
    texts: ['2 pages'],
    finds: 'canvas',
  },
  {
    name: 'broken.pdf',
    content: Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(2_000, 0x41)]),
    kind: 'pdf',
    shown: 'bytes',
    texts: ['This PDF is broken'],
  },
  {
    name: 'script.pdf',
    content: made.pdf(['Page'], '/OpenAction << /S /JavaScript /JS (app.launchURL\\("http://example.invalid"\\)) >>'),
    kind: 'pdf',
    finds: 'canvas',
  },
  { name: 'tone.wav', content: made.wav(), kind: 'audio', finds: 'audio' },
  { name: 'clip.webm', content: recorded.webm, kind: 'video', finds: 'video' },
  {
    name: 'broken.mp4',
    content: Buffer.concat([Buffer.from('\0\0\0\x18ftypisom', 'latin1'), Buffer.alloc(500, 7)]),
    kind: 'video',
    shown: 'bytes',
    texts: ['can’t be played here'],
  },
  {
    name: 'page.html',
    content: text('<!doctype html><title>T</title><style>h1{color:red}</style><h1>Heading here</h1>'),
    kind: 'html',
    finds: 'iframe',
  },
  {
    name: 'files.zip',
    content: made.zip({ 'a.txt': 'hello', 'folder/ü.txt': 'world' }),
    kind: 'archive',
    texts: ['a.txt', 'folder/ü.txt', '2 files'],
  },
  { name: 'slip.zip', content: made.zip({ '../../evil.sh': 'x' }), kind: 'archive', texts: ['../../evil.sh'] },
  {
    name: 'broken.zip',
    content: made.zip({ 'a.txt': 'hello' }).subarray(0, 60),
    kind: 'archive',
    shown: 'bytes',
    texts: ['This archive is broken'],
  },
  { name: 'files.tar', content: made.tar({ 'site/index.html': '<p>' }), kind: 'archive', texts: ['site/index.html'] },
  {
    name: 'files.tar.gz',
    content: gzipSync(made.tar({ 'site/index.html': '<p>', 'b.txt': 'b' })),
    kind: 'archive',
    texts: ['site/index.html', 'b.txt', '2 files'],
  },
  { name: 'one.txt.gz', content: gzipSync('hello'), kind: 'archive', texts: ['one.txt'] },
  { name: 'bomb.gz', content: made.gzipBomb(), kind: 'archive', texts: ['bomb'] },
  {
    name: 'many.tar',
    content: made.tar(Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`many/${index}.txt`, 'x']))),
    kind: 'archive',
    texts: ['500 files', 'many/0.txt'],
  },
  {
    name: 'huge.tar',
    content: made.hugeTar(),
    kind: 'archive',
    texts: ['3 files, 1.0 GB unpacked', 'second.bin', 'last.txt'],
  },
  {
    name: 'large.tar.gz',
    content: made.incompressibleTar(),
    kind: 'archive',
    texts: ['so far', 'First 1 entry, of the first 1.0 MB of 13 MB', 'Load more', 'part-0.bin'],
  },
  {
    name: 'cut.tar.gz',
    content: gzipSync(made.tar({ 'a.txt': 'a' })).subarray(0, 12),
    kind: 'archive',
    shown: 'bytes',
    texts: ['broken'],
  },
  {
    name: 'letter.docx',
    content: made.zip({ 'word/document.xml': '<w/>' }),
    kind: 'archive',
    texts: ['Word document', 'word/document.xml'],
  },
  {
    name: 'letters.ttf',
    content: readFileSync(path.join(standardFonts, 'LiberationSans-Regular.ttf')),
    kind: 'font',
    texts: ['The quick brown fox'],
  },
  {
    name: 'broken.woff2',
    content: Buffer.from('wOF2\0\x01\0\0 broken', 'latin1'),
    kind: 'font',
    shown: 'bytes',
    texts: ['This font is broken'],
  },
  {
    name: 'program',
    content: Buffer.from('\x7fELF\x02\x01\x01\0\0\0', 'latin1'),
    kind: 'binary',
    texts: ['Probably: Linux program', '7f 45 4c 46'],
  },
  {
    name: 'setup.exe',
    content: Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1'),
    kind: 'binary',
    texts: ['Probably: Windows program'],
  },
  {
    name: 'data.db',
    content: Buffer.from('SQLite format 3\0\x10\0', 'latin1'),
    kind: 'binary',
    texts: ['Probably: SQLite database'],
  },
  {
    name: 'huge.zip',
    content: repeated('PK\u0003\u0004 not really a zip'),
    kind: 'archive',
    shown: 'bytes',
    texts: ['can’t be found'],
  },
]
