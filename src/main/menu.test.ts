import type { MenuItemConstructorOptions } from 'electron'
import { expect, test, vi } from 'vitest'
import { actions } from '../shared/actions.ts'
import { menuTemplate } from './menu.ts'

vi.mock('electron', () => ({}))

function allItems(template: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? allItems(item.submenu) : [])])
}

const packagedOn = (platform: NodeJS.Platform) => ({ isPackaged: true, platform })

test.each(['linux', 'win32', 'darwin'] as const)(
  'on %s, every action is in the menu bar once, with its words and shortcut',
  (platform) => {
    const items = allItems(menuTemplate(() => {}, packagedOn(platform))).filter((item) => item.id)
    // Copy is the system's own item, which the window hears of.
    const wanted = actions.filter((action) => action.id !== 'copy-files')
    expect(items.map((item) => item.id).toSorted()).toEqual(wanted.map((action) => action.id).toSorted())
    for (const action of wanted)
      expect(items.find((item) => item.id === action.id)).toMatchObject({
        label: action.label,
        ...(action.shortcut && { accelerator: action.shortcut, registerAccelerator: false }),
      })
  },
)

test('macOS has settings and about in the menu of the app’s name', () => {
  const [first] = menuTemplate(() => {}, packagedOn('darwin'))
  const ids = allItems(first ? [first] : []).flatMap(({ id }) => id ?? [])
  expect([first?.role, ids]).toEqual(['appMenu', ['about', 'settings']])
})

test('no menu begins or ends with a line, or has two together', () => {
  for (const platform of ['linux', 'darwin'] as const)
    for (const { submenu } of menuTemplate(() => {}, packagedOn(platform))) {
      const types = Array.isArray(submenu) ? submenu.map(({ type }) => type) : []
      expect(types.filter((type, at) => type === 'separator' && (at === 0 || types[at - 1] === type))).toEqual([])
      expect(types.at(-1)).not.toBe('separator')
    }
})

test('a click tells which action was chosen', () => {
  const chosen: string[] = []
  const items = allItems(menuTemplate((id) => chosen.push(id), packagedOn('linux')))
  const refresh = items.find((item) => item.id === 'refresh')
  Reflect.apply(refresh?.click ?? (() => {}), null, [])
  expect(chosen).toEqual(['refresh'])
})

test('a packaged app offers no developer tools', () => {
  const roles = (isPackaged: boolean) =>
    allItems(menuTemplate(() => {}, { isPackaged, platform: 'linux' })).map((item) => item.role)
  expect(roles(true)).not.toContain('toggleDevTools')
  expect(roles(false)).toContain('toggleDevTools')
})
