import { expect, test } from 'vitest'
import { actions } from '../../../../shared/actions.ts'
import { formatShortcut } from '../../ui/shortcut.ts'
import { shortcutSections } from './shortcut-list.ts'

test.each(['linux', 'darwin'])('on %s, every action that has a shortcut is listed once, with it', (platform) => {
  const listed = shortcutSections(platform).flatMap(({ shortcuts }) => shortcuts)
  for (const { label, shortcut } of actions.filter((action) => action.shortcut !== null))
    expect(listed.filter((each) => each.label === label)).toEqual([
      { keys: formatShortcut(shortcut ?? '', platform), label },
    ])
})

test('keys that only move are listed too, in the manner of the platform', () => {
  const keysOf = (platform: string) => shortcutSections(platform).flatMap(({ shortcuts }) => shortcuts)
  expect(keysOf('linux')).toContainEqual({ keys: 'Ctrl+Space', label: 'Add to or remove from the selection' })
  expect(keysOf('darwin')).toContainEqual({ keys: '⌃Space', label: 'Add to or remove from the selection' })
})
