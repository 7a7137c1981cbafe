import { expect, test } from 'vitest'
import { typeGroupName, typeNameByMime, typeNameByName } from '../../shared/file-types.ts'
import { findFileKind } from './file-kind.ts'
import { signatures } from './signatures.ts'

function found(name: string, latin: string): string {
  return findFileKind({ name, mimeType: null, bytes: Buffer.from(latin, 'latin1'), complete: true }).description
}

test.each([
  ['invoices.xlsx', 'PK\x03\x04\x14\0xl/workbook.xml'],
  ['letter.docx', 'PK\x03\x04\x14\0word/document.xml'],
  ['sheet.ods', 'PK\x03\x04\x14\0mimetypeapplication/vnd.oasis'],
  ['a.zip', 'PK\x03\x04\x14\0\0\0\0\0a.txt'],
  ['a.tar.gz', '\x1f\x8b\x08\0\0\0\0\0'],
  ['old.xls', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['film.mkv', '\x1aE\xdf\xa3'],
  ['sound.ogg', 'OggS\0\0'],
  ['a.jpg', '\xff\xd8\xff\xe0\0\x10JFIF'],
  ['a.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['a.json', '{"a": 1}'],
  ['a.jsonl', '{"a": 1}\n{"a": 2}'],
  ['notes.ipynb', '{"cells": []}'],
  ['a.xml', '<?xml version="1.0"?><a/>'],
  ['a.md', '# Title'],
  ['a.txt', 'words'],
  ['a.log', '10:00 started'],
  ['a.csv', 'a,b\n1,2'],
  ['a.html', '<p>hello'],
  ['main.py', 'print(1)'],
  ['Dockerfile', 'FROM debian'],
  ['app.vue', '<template/>'],
])('the type of %s is called the same by its name and by its bytes', (name, latin) => {
  expect(found(name, latin)).toBe(typeNameByName(name))
})

test('every type that bytes tell has a name', () => {
  expect(signatures.map(({ mime }) => mime).filter((mime) => typeNameByMime(mime) === null)).toEqual([])
})

test('where name and bytes differ, the bytes name the type', () => {
  expect(found('report.xlsx', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')).toBe('Older Office document')
  expect(found('film.mp4', '\x1aE\xdf\xa3')).toBe('WebM or Matroska video')
  expect(found('page', '<!doctype html><p>hello')).toBe('HTML page')
  expect(found('run', '#!/bin/bash\n')).toBe('Shell script')
})

test('a group of types is called as its types are in the list', () => {
  expect(['pdf', 'audio', 'web page'].map(typeGroupName)).toEqual(['PDF document', 'Sound', 'Web page'])
  expect(typeGroupName('pdf')).toBe(typeNameByName('a.pdf'))
})
