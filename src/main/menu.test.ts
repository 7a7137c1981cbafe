import type { MenuItemConstructorOptions } from 'electron'
import { expect, test, vi } from 'vitest'
import { actions } from '../shared/actions.ts'
import { menuTemplate } from './menu.ts'

vi.mock('electron', () => ({}))

function allItems(template: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? allItems(item.submenu) : [])])
}

test('every action that has a place in the menu bar is there once, with its words and shortcut', () => {
  const items = allItems(menuTemplate(() => {}, true)).filter((item) => item.id)
  const wanted = actions.filter((action) => action.menu !== null && action.id !== 'copy-files')
  expect(items.map((item) => item.id).toSorted()).toEqual(wanted.map((action) => action.id).toSorted())
  for (const action of wanted)
    expect(items.find((item) => item.id === action.id)).toMatchObject({
      label: action.label,
      ...(action.shortcut && { accelerator: action.shortcut, registerAccelerator: false }),
    })
})

test('a click tells which action was chosen', () => {
  const chosen: string[] = []
  const items = allItems(menuTemplate((id) => chosen.push(id), true))
  const refresh = items.find((item) => item.id === 'refresh')
  Reflect.apply(refresh?.click ?? (() => {}), null, [])
  expect(chosen).toEqual(['refresh'])
})

test('a packaged app offers no developer tools', () => {
  const roles = (isPackaged: boolean) => allItems(menuTemplate(() => {}, isPackaged)).map((item) => item.role)
  expect(roles(true)).not.toContain('toggleDevTools')
  expect(roles(false)).toContain('toggleDevTools')
})
