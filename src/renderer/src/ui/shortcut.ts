const macNames: Readonly<Record<string, string>> = {
  CmdOrCtrl: '⌘',
  Ctrl: '⌃',
  Shift: '⇧',
  Alt: '⌥',
  Enter: '↩',
  Space: 'Space',
}
const otherNames: Readonly<Record<string, string>> = { CmdOrCtrl: 'Ctrl' }

/** A shortcut in Electron's accelerator form, as the platform writes it: `⇧⌘S` or `Ctrl+Shift+S`. */
export function formatShortcut(accelerator: string, platform: string): string {
  const keys = accelerator.split('+')
  if (platform !== 'darwin') return keys.map((key) => otherNames[key] ?? key).join('+')
  // macOS writes Command last of the modifiers.
  const order = ['Alt', 'Shift', 'CmdOrCtrl']
  const sorted = keys.toSorted((a, b) => rank(a) - rank(b))
  return sorted.map((key) => macNames[key] ?? key).join('')

  function rank(key: string): number {
    const at = order.indexOf(key)
    return at < 0 ? order.length : at
  }
}

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

/** Tells whether a key press is a shortcut in Electron's accelerator form. */
export function isShortcut(accelerator: string, event: Pressed, platform: string): boolean {
  const keys = accelerator.split('+')
  const key = keys.at(-1) ?? ''
  const command = platform === 'darwin' ? event.metaKey : event.ctrlKey
  const otherCommand = platform === 'darwin' ? event.ctrlKey : event.metaKey
  return (
    command === keys.includes('CmdOrCtrl') &&
    event.shiftKey === keys.includes('Shift') &&
    event.altKey === keys.includes('Alt') &&
    !otherCommand &&
    (key === 'Space' ? ' ' : key).toLowerCase() === event.key.toLowerCase()
  )
}
