import { expect, test } from 'vitest'
import { findEncoding } from './text-encoding.ts'

const bytes = (text: string, encoding: BufferEncoding = 'utf8') => new Uint8Array(Buffer.from(text, encoding))
const swapped = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le').swap16())

test.each([
  ['plain ASCII', bytes('a line\r\n\tanother'), 'utf-8'],
  ['UTF-8 beyond ASCII', bytes('Grüße, 世界 🎈'), 'utf-8'],
  ['UTF-8 with a byte order mark', bytes('\ufeffname,total'), 'utf-8'],
  ['a log with colours', bytes('\u001b[32mok\u001b[0m done'), 'utf-8'],
  ['UTF-16 with a mark', bytes('\ufeffhello', 'utf16le'), 'utf-16le'],
  ['UTF-16, big end first, with a mark', swapped('\ufeffhello'), 'utf-16be'],
  ['UTF-16 without a mark', bytes('name;total\r\n', 'utf16le'), 'utf-16le'],
  ['UTF-16, big end first, without a mark', swapped('name;total\r\n'), 'utf-16be'],
  ['Latin text of an old program', bytes('Größe; Stück', 'latin1'), 'windows-1252'],
  ['bytes of a program', new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0]), null],
  ['control characters all over', new Uint8Array([1, 2, 3, 4, 5, 6, 200, 201]), null],
])('finds the encoding of %s', (_, text, encoding) => {
  expect(findEncoding(text, true)).toBe(encoding)
})

test('a character cut in two at the end of a part does not make it Latin', () => {
  const whole = bytes('Grüße 世界')
  expect(findEncoding(whole.subarray(0, whole.length - 1), false)).toBe('utf-8')
  expect(findEncoding(whole.subarray(0, whole.length - 1), true)).toBe('windows-1252')
})
