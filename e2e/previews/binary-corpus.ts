import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import * as made from './made-files.ts'
import * as recorded from './recorded-files.ts'
import { repeated } from './repeated-content.ts'
import type { Specimen } from './specimen.ts'

const text = (value: string): Buffer => Buffer.from(value)
const standardFonts = path.resolve(import.meta.dirname, '../../node_modules/pdfjs-dist/standard_fonts')

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
