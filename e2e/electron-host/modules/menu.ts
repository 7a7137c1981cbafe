import { refuse } from '../unimplemented.ts'

type Template = Electron.MenuItemConstructorOptions

/** A menu as a tree that can be looked at and clicked by a test; no menu bar is drawn. */
class HostMenu {
  readonly items: readonly HostMenuItem[]

  constructor(template: readonly Template[]) {
    this.items = template.map((options) => new HostMenuItem(options))
  }

  getMenuItemById(id: string): HostMenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id)
      if (found) return found
    }
    return null
  }

  popup(): never {
    return refuse('Menu.popup')
  }
}

class HostMenuItem {
  readonly id: string
  readonly label: string
  readonly role: string | undefined
  readonly accelerator: string | undefined
  readonly submenu: HostMenu | undefined
  readonly type: string
  enabled: boolean
  checked: boolean
  readonly #onClick: Template['click']

  constructor(options: Template) {
    this.id = options.id ?? ''
    this.label = options.label ?? ''
    this.role = options.role
    this.accelerator = options.accelerator as string | undefined
    this.type = options.type ?? (options.submenu ? 'submenu' : 'normal')
    this.enabled = options.enabled ?? true
    this.checked = options.checked ?? false
    this.submenu = Array.isArray(options.submenu) ? new HostMenu(options.submenu) : undefined
    this.#onClick = options.click
  }

  click(): void {
    if (!this.#onClick) refuse(`a click on the menu item “${this.label || this.role}”`)
    else Reflect.apply(this.#onClick, null, [this, undefined, {}])
  }
}

let applicationMenu: HostMenu | null = null

export const Menu = {
  buildFromTemplate: (template: readonly Template[]) => new HostMenu(template),
  setApplicationMenu(menu: HostMenu | null) {
    applicationMenu = menu
  },
  getApplicationMenu: () => applicationMenu,
}
