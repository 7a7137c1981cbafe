import { expect, test } from 'vitest'
import { formatShortcut, isShortcut } from './shortcut.ts'

const plain = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false }

test.each([
  ['CmdOrCtrl+Shift+S', 'darwin', '⇧⌘S'],
  ['CmdOrCtrl+Shift+S', 'win32', 'Ctrl+Shift+S'],
  ['CmdOrCtrl+,', 'darwin', '⌘,'],
  ['Space', 'linux', 'Space'],
])('%s is written on %s as %s', (accelerator, platform, written) => {
  expect(formatShortcut(accelerator, platform)).toBe(written)
})

test('a shortcut is the command key on macOS and the control key elsewhere', () => {
  expect(isShortcut('CmdOrCtrl+K', { ...plain, key: 'k', metaKey: true }, 'darwin')).toBe(true)
  expect(isShortcut('CmdOrCtrl+K', { ...plain, key: 'k', ctrlKey: true }, 'darwin')).toBe(false)
  expect(isShortcut('CmdOrCtrl+K', { ...plain, key: 'k', ctrlKey: true }, 'linux')).toBe(true)
})

test('another modifier makes it another shortcut', () => {
  expect(isShortcut('CmdOrCtrl+S', { ...plain, key: 'S', ctrlKey: true, shiftKey: true }, 'linux')).toBe(false)
  expect(isShortcut('CmdOrCtrl+Shift+S', { ...plain, key: 'S', ctrlKey: true, shiftKey: true }, 'linux')).toBe(true)
})
