import { expect, test } from 'vitest'
import { findFileKind } from './file-kind.ts'

const latin = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))

function kindOf(name: string, bytes: Uint8Array, mimeType: string | null = null) {
  const { kind, foundMime } = findFileKind({ name, mimeType, bytes, complete: true })
  return [kind, foundMime]
}

test.each([
  ['a.png', latin('\x89PNG\r\n\x1a\n\0\0'), 'image', 'image/png'],
  ['no-ending', latin('\xff\xd8\xff\xe0\0\x10JFIF'), 'image', 'image/jpeg'],
  ['a.webp', latin('RIFF\x10\0\0\0WEBPVP8 '), 'image', 'image/webp'],
  ['a.avif', latin('\0\0\0\x1cftypavif\0\0\0\0'), 'image', 'image/avif'],
  ['a.tif', latin('II*\0\x08\0\0\0'), 'binary', 'image/tiff'],
  ['a.svg', latin('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image', 'image/svg+xml'],
  ['a.pdf', latin('%PDF-1.7\n%\xe2\xe3'), 'pdf', 'application/pdf'],
  ['a.mp4', latin('\0\0\0\x18ftypisom\0\0\x02\0'), 'video', 'video/mp4'],
  ['a.wav', latin('RIFF\x24\0\0\0WAVEfmt '), 'audio', 'audio/wav'],
  ['a.woff2', latin('wOF2\0\x01\0\0'), 'font', 'font/woff2'],
  ['a.zip', latin('PK\x03\x04\x14\0\0\0\0\0a.txt'), 'archive', 'application/zip'],
  ['a.tar.gz', latin('\x1f\x8b\x08\0\0\0\0\0'), 'archive', 'application/gzip'],
  ['a.db', latin('SQLite format 3\0\x10\0'), 'binary', 'application/vnd.sqlite3'],
  ['a.exe', latin('MZ\x90\0\x03\0\0\0\x04'), 'binary', 'application/vnd.microsoft.portable-executable'],
  ['a.json', latin('{"a": 1}'), 'json', 'application/json'],
  ['answer', latin('[{"a": 1}]'), 'json', 'application/json'],
  ['a.csv', latin('a;b\n1;2\n'), 'table', 'text/csv'],
  ['page', latin('<!DOCTYPE html><p>hello'), 'html', 'text/html'],
  ['run.log', latin('10:00 started\n'), 'log', 'text/plain'],
  ['main.py', latin('print(1)\n'), 'code', 'text/plain'],
  ['Dockerfile', latin('FROM debian\n'), 'code', 'text/plain'],
  ['notes', latin('just words\n'), 'text', 'text/plain'],
])('tells what %s is', (name, bytes, kind, foundMime) => {
  expect(kindOf(name, bytes)).toEqual([kind, foundMime])
})

test('the bytes are trusted over the name and the given type', () => {
  expect(kindOf('invoice.pdf', latin('\x89PNG\r\n\x1a\n'), 'application/pdf')).toEqual(['image', 'image/png'])
  expect(kindOf('photo.png', latin('MZ\x90\0\x03\0\0\0'), 'image/png')[0]).toBe('binary')
})

test('a workbook is told from another zip by what it holds', () => {
  expect(kindOf('report', latin('PK\x03\x04\x14\0xl/workbook.xml'))[0]).toBe('workbook')
  expect(kindOf('letter.docx', latin('PK\x03\x04\x14\0word/document.xml'))[0]).toBe('archive')
})

test('a text that happens to start like a program stays a text', () => {
  expect(kindOf('note.txt', latin('MZ is how it starts'))).toEqual(['text', 'text/plain'])
  expect(kindOf('BM.txt', latin('ID3 tags, explained'))).toEqual(['text', 'text/plain'])
})

test('the given type decides where name and bytes say nothing', () => {
  expect(kindOf('data', latin('a,b\n1,2'), 'text/csv; charset=utf-8')).toEqual(['table', 'text/csv'])
})

test('no bytes at all are an empty file, whatever its name', () => {
  expect(kindOf('a.png', new Uint8Array())).toEqual(['empty', null])
})
