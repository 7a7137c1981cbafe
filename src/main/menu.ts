import { Menu, type MenuItemConstructorOptions } from 'electron'
import { type Action, type ActionId, type ActionMenu, actions } from '../shared/actions.ts'

/** Sets the menu bar from the table of actions; `onChoose` hears the id of the one that was clicked. */
export function setMenu(onChoose: (action: string) => void, isPackaged: boolean): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(onChoose, { isPackaged, platform: process.platform })))
}

type Surroundings = { readonly isPackaged: boolean; readonly platform: NodeJS.Platform }

/** What people look for in the menu that carries the app's name, where the system has one. */
const ofTheApp: ReadonlySet<string> = new Set(['about', 'settings'] satisfies ActionId[])

/** The menu bar: the actions, and around them what every app of the platform has. */
export function menuTemplate(
  onChoose: (action: string) => void,
  { isPackaged, platform }: Surroundings,
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin'
  const isElsewhere = (id: string) => id === 'copy-files' || (isMac && ofTheApp.has(id))
  const items = (menu: ActionMenu) =>
    actionItems((action) => action.menu?.name === menu && !isElsewhere(action.id), onChoose)
  return [
    ...(isMac ? [appMenu(onChoose)] : []),
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
        ...items('edit'),
      ],
    },
    { label: '&View', submenu: [...items('view'), { type: 'separator' }, ...zoomItems(isPackaged)] },
    { label: '&Transfers', submenu: items('transfers') },
    { role: 'windowMenu' },
    { role: 'help', submenu: items('help') },
  ]
}

/** The first menu of macOS. */
function appMenu(onChoose: (action: string) => void): MenuItemConstructorOptions {
  const own = (id: ActionId) => actionItems((action) => action.id === id, onChoose)
  return {
    role: 'appMenu',
    submenu: [
      ...own('about'),
      { type: 'separator' },
      ...own('settings'),
      { type: 'separator' },
      { role: 'services' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  }
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

function actionItems(
  isWanted: (action: Action) => boolean,
  onChoose: (action: string) => void,
): MenuItemConstructorOptions[] {
  const inMenu = (actions as readonly Action[]).filter(isWanted)
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
