import { expect, test } from 'vitest'
import { clipboardFormats } from './clipboard-files.ts'

const contentOf = (platform: NodeJS.Platform, paths: readonly string[]) =>
  Object.fromEntries(clipboardFormats(platform, paths).map(({ format, content }) => [format, content]))

test('Linux file managers get addresses that are escaped, and are told to copy', () => {
  const content = contentOf('linux', ['/tmp/a b.txt', '/tmp/ü\n#.txt'])
  expect(String(content['x-special/gnome-copied-files'])).toBe(
    'copy\nfile:///tmp/a%20b.txt\nfile:///tmp/%C3%BC%0A%23.txt',
  )
  expect(String(content['text/uri-list'])).toBe('file:///tmp/a%20b.txt\r\nfile:///tmp/%C3%BC%0A%23.txt\r\n')
})

test('Finder gets a property list in which names can’t end a tag', () => {
  const content = contentOf('darwin', ['/tmp/a<&>.txt', '/tmp/b.txt'])
  expect(String(content.NSFilenamesPboardType)).toContain(
    '<array><string>/tmp/a&lt;&amp;&gt;.txt</string><string>/tmp/b.txt</string></array>',
  )
})

test('Explorer gets a list of wide paths that ends in two zeros', () => {
  const { CF_HDROP: drop, FileNameW: name } = contentOf('win32', ['C:\\a.txt', 'C:\\ü.txt'])
  expect(drop?.readUInt32LE(0)).toBe(20)
  expect(drop?.readUInt32LE(16)).toBe(1)
  expect(drop?.subarray(20).toString('utf16le')).toBe('C:\\a.txt\0C:\\ü.txt\0\0')
  expect(name?.toString('utf16le')).toBe('C:\\a.txt\0')
})
