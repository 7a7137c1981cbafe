/** The menus of the menu bar that hold actions, in order. */
export const actionMenus = ['file', 'edit', 'view', 'transfers', 'help'] as const
export type ActionMenu = (typeof actionMenus)[number]

/**
 * What an action is about.
 *
 * `window` works always, `listing` needs an open run, `rows` the selected rows or the one in focus, `file` the one file
 * in focus, `folder` the one folder in focus, and `run` the run that a person points at among the recent ones, or else
 * the open one.
 */
export type ActionSubject = 'window' | 'listing' | 'rows' | 'file' | 'folder' | 'run'

export type ActionShape = {
  readonly id: string
  /** As menus show it. An ellipsis tells that it asks something first. */
  readonly label: string
  /** In Electron's accelerator form, or null. */
  readonly shortcut: string | null
  /** `files` shortcuts work while the focus is in the file list; `window` ones everywhere. */
  readonly keys: 'window' | 'files'
  readonly subject: ActionSubject
  /** Where it stands in the menu bar, or null; a line is drawn between groups. */
  readonly menu: { readonly name: ActionMenu; readonly group: number } | null
  /** The group in a row's context menu, or null. */
  readonly context: number | null
  /** Whether the command palette offers it. */
  readonly palette: boolean
}

/**
 * Every action of the app: the menu bar, the context menus, the command palette and the keyboard read this one table.
 *
 * The window carries actions out. It also handles every shortcut by itself, so that the menu bar only has to show them
 * and to send `menu:chosen` for a click.
 */
export const actions = [
  window('open-execution', 'Open run…', 'CmdOrCtrl+O', { name: 'file', group: 1 }),
  window('explore-sample', 'Explore a sample run', null, { name: 'file', group: 1 }),
  listing('close-execution', 'Close run', null, { name: 'file', group: 1 }),
  run('pin-execution', 'Pin or unpin run', { name: 'file', group: 2 }),
  run('remove-execution', 'Remove run from list', { name: 'file', group: 2 }),
  window('clear-recents', 'Clear recent runs…', null, { name: 'file', group: 2 }),
  file('open-file', 'Open', 'Enter', 1),
  file('preview', 'Preview', 'Space', 1),
  rows('download', 'Download', 'CmdOrCtrl+S', 'window', { name: 'file', group: 4 }, 2),
  rows('download-to', 'Download to…', 'CmdOrCtrl+Shift+S', 'window', { name: 'file', group: 4 }, 2),
  rows('save-to-desktop', 'Save to Desktop', null, 'window', { name: 'file', group: 4 }, 2),
  rows('download-archive', 'Download as ZIP…', null, 'window', { name: 'file', group: 4 }, 2),
  rows('keep-in-step', 'Keep in step with a folder…', null, 'window', { name: 'file', group: 4 }, 2),
  listing('download-all', 'Download all', null, { name: 'file', group: 4 }),
  window('settings', 'Settings…', 'CmdOrCtrl+,', { name: 'file', group: 5 }),
  window('sign-in', 'Sign in…', null, { name: 'file', group: 5 }),
  window('sign-out', 'Sign out', null, { name: 'file', group: 5 }),

  rows('copy-files', 'Copy', 'CmdOrCtrl+C', 'files', { name: 'edit', group: 1 }, 3),
  rows('copy-paths', 'Copy path', 'CmdOrCtrl+Shift+C', 'files', { name: 'edit', group: 1 }, 3),
  run('copy-execution-id', 'Copy run id', { name: 'edit', group: 1 }),
  {
    ...listing('select-all', 'Select all', 'CmdOrCtrl+A', { name: 'edit', group: 2 }),
    keys: 'files',
    context: 4,
  },
  { ...listing('select-none', 'Select none', 'CmdOrCtrl+Shift+A', { name: 'edit', group: 2 }), keys: 'files' },
  listing('search', 'Search', 'CmdOrCtrl+F', { name: 'edit', group: 3 }),
  listing('clear-filter', 'Clear search and filters', null, { name: 'edit', group: 3 }),

  window('palette', 'Command palette', 'CmdOrCtrl+K', { name: 'view', group: 1 }),
  listing('refresh', 'Refresh', 'CmdOrCtrl+R', { name: 'view', group: 2 }),
  listing('toggle-follow', 'Follow while running', null, { name: 'view', group: 2 }),
  folder('expand-below', 'Expand all below', 5),
  listing('expand-all', 'Expand all', null, { name: 'view', group: 3 }),
  { ...listing('collapse-all', 'Collapse all', null, { name: 'view', group: 3 }), context: 5 },
  listing('toggle-flat', 'Show matches as a flat list', null, { name: 'view', group: 3 }),
  listing('sort-name', 'Sort by name', null, { name: 'view', group: 4 }),
  listing('sort-size', 'Sort by size', null, { name: 'view', group: 4 }),
  listing('sort-modified', 'Sort by time modified', null, { name: 'view', group: 4 }),
  listing('sort-creator', 'Sort by creator', null, { name: 'view', group: 4 }),
  listing('sort-type', 'Sort by type', null, { name: 'view', group: 4 }),
  window('toggle-executions', 'Show or hide runs', 'CmdOrCtrl+B', { name: 'view', group: 5 }),
  window('toggle-details', 'Show or hide details', 'CmdOrCtrl+I', { name: 'view', group: 5 }),
  window('toggle-transfers', 'Show or hide transfers', 'CmdOrCtrl+J', { name: 'view', group: 5 }),
  window('theme-light', 'Light theme', null, { name: 'view', group: 6 }),
  window('theme-dark', 'Dark theme', null, { name: 'view', group: 6 }),
  window('theme-system', 'Theme of the system', null, { name: 'view', group: 6 }),

  window('pause-transfers', 'Pause all', null, { name: 'transfers', group: 1 }),
  window('resume-transfers', 'Resume all', null, { name: 'transfers', group: 1 }),
  window('try-transfers', 'Try all now', null, { name: 'transfers', group: 1 }),
  window('clear-transfers', 'Clear finished', null, { name: 'transfers', group: 2 }),

  window('open-api-keys', 'Get an API key', null, { name: 'help', group: 1 }),
  run('show-on-web', 'Show run on the web', { name: 'help', group: 1 }),
  window('open-documentation', 'Documentation', null, { name: 'help', group: 1 }),
  window('keyboard-shortcuts', 'Keyboard shortcuts', 'CmdOrCtrl+/', { name: 'help', group: 2 }),
  window('copy-diagnostics', 'Copy diagnostics', null, { name: 'help', group: 2 }),
  window('about', 'About Asteroid Files', null, { name: 'help', group: 3 }),
] as const satisfies readonly ActionShape[]

export type ActionId = (typeof actions)[number]['id']
export type Action = ActionShape & { readonly id: ActionId }

/** The action with an id, or undefined when there is none. */
export function findAction(id: string): Action | undefined {
  return actions.find((action) => action.id === id)
}

type MenuPlace = ActionShape['menu']

function window<Id extends string>(id: Id, label: string, shortcut: string | null, menu: MenuPlace) {
  return {
    id,
    label,
    shortcut,
    keys: 'window',
    subject: 'window',
    menu,
    context: null,
    palette: id !== 'palette',
  } as const
}

function listing<Id extends string>(id: Id, label: string, shortcut: string | null, menu: MenuPlace) {
  return { ...window(id, label, shortcut, menu), subject: 'listing' } as const
}

function run<Id extends string>(id: Id, label: string, menu: MenuPlace) {
  return { ...window(id, label, null, menu), subject: 'run' } as const
}

function rows<Id extends string>(
  id: Id,
  label: string,
  shortcut: string | null,
  keys: ActionShape['keys'],
  menu: MenuPlace,
  context: number,
) {
  return { ...window(id, label, shortcut, menu), subject: 'rows', keys, context } as const
}

function file<Id extends string>(id: Id, label: string, shortcut: string, context: number) {
  return { ...rows(id, label, shortcut, 'files', { name: 'file', group: 3 }, context), subject: 'file' } as const
}

function folder<Id extends string>(id: Id, label: string, context: number) {
  return { ...rows(id, label, null, 'files', { name: 'view', group: 3 }, context), subject: 'folder' } as const
}
