import { actionMenus, actions } from '../../../../shared/actions.ts'
import { formatShortcut } from '../../ui/shortcut.ts'

export type ShortcutSection = {
  readonly title: string
  readonly shortcuts: readonly { readonly keys: string; readonly label: string }[]
}

const menuNames = { file: 'File', edit: 'Edit', view: 'View', transfers: 'Transfers', help: 'Help' } as const

/** Keys that are no action's, since they move rather than do. */
const otherKeys: readonly (readonly [title: string, shortcuts: readonly (readonly [string, string])[]])[] = [
  [
    'In the files',
    [
      ['↑ ↓', 'Move'],
      ['Shift+↑ ↓', 'Select more or fewer'],
      ['Ctrl+Space', 'Add to or remove from the selection'],
      ['← →', 'Collapse or expand a folder'],
      ['*', 'Expand all below'],
      ['Home End', 'Go to either end'],
      ['PageUp PageDown', 'Move by a page'],
      ['Letters', 'Go to a name'],
      ['Shift+F10', 'Menu'],
      ['Esc', 'Clear the selection, then the search'],
    ],
  ],
  [
    'In a large preview',
    [
      ['↑ ↓ ← →', 'Next and previous file'],
      ['Space', 'Close'],
    ],
  ],
]

/** Every shortcut of the table of actions, menu by menu, and the keys of the file list and the large preview. */
export function shortcutSections(platform: string): readonly ShortcutSection[] {
  const ofActions = actionMenus.map((menu) => ({
    title: menuNames[menu],
    shortcuts: actions.flatMap(({ label, shortcut, menu: place }) =>
      shortcut !== null && place?.name === menu ? [{ keys: formatShortcut(shortcut, platform), label }] : [],
    ),
  }))
  const others = otherKeys.map(([title, shortcuts]) => ({
    title,
    shortcuts: shortcuts.map(([keys, label]) => ({
      keys: keys.includes('+') ? formatShortcut(keys, platform) : keys,
      label,
    })),
  }))
  return [...ofActions, ...others].filter(({ shortcuts }) => shortcuts.length > 0)
}
