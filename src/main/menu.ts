import { Menu, type MenuItemConstructorOptions } from 'electron'
import { type ActionMenu, type ActionShape, actions } from '../shared/actions.ts'

const isMac = process.platform === 'darwin'

/** Sets the menu bar from the table of actions; `onChoose` hears the id of the one that was clicked. */
export function setMenu(onChoose: (action: string) => void, isPackaged: boolean): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(onChoose, isPackaged)))
}

/** The menu bar: the actions, and around them what every app of the platform has. */
export function menuTemplate(onChoose: (action: string) => void, isPackaged: boolean): MenuItemConstructorOptions[] {
  const items = (menu: ActionMenu) => actionItems(menu, onChoose)
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    { label: '&File', submenu: [...items('file'), { type: 'separator' }, { role: isMac ? 'close' : 'quit' }] },
    {
      label: '&Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        // The window carries out Copy and Select all for files, and leaves text fields to the system.
        { role: 'cut' },
        { role: 'copy', registerAccelerator: isMac },
        { role: 'paste' },
        { type: 'separator' },
        ...items('edit').filter(({ id }) => id !== 'copy-files'),
      ],
    },
    { label: '&View', submenu: [...items('view'), { type: 'separator' }, ...zoomItems(isPackaged)] },
    { label: '&Transfers', submenu: items('transfers') },
    { role: 'windowMenu' },
    { role: 'help', submenu: items('help') },
  ]
}

function zoomItems(isPackaged: boolean): MenuItemConstructorOptions[] {
  return [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { role: 'togglefullscreen' },
    ...(isPackaged ? [] : [{ role: 'forceReload' } as const, { role: 'toggleDevTools' } as const]),
  ]
}

function actionItems(menu: ActionMenu, onChoose: (action: string) => void): MenuItemConstructorOptions[] {
  const inMenu = (actions as readonly ActionShape[]).filter((action) => action.menu?.name === menu)
  return inMenu.flatMap((action, index) => {
    const item: MenuItemConstructorOptions = {
      id: action.id,
      label: action.label,
      click: () => onChoose(action.id),
      // The window listens to its shortcuts itself, since some mean it only while the file list has the focus.
      ...(action.shortcut && { accelerator: action.shortcut, registerAccelerator: false }),
    }
    const isNewGroup = index > 0 && inMenu[index - 1]?.menu?.group !== action.menu?.group
    return isNewGroup ? [{ type: 'separator' } as const, item] : [item]
  })
}
