import { StrictEmitter } from '../emitter.ts'
import { noteCall, refuse } from '../unimplemented.ts'

let clipboardText = ''
let clipboardItems: Electron.ClipboardItem[] = []

/** A clipboard of the host's own: tests never touch a person's. */
export const clipboard = {
  async readText(): Promise<string> {
    return clipboardText
  },
  async writeText(text: string): Promise<void> {
    clipboardText = text
    clipboardItems = []
  },
  async read(): Promise<Electron.ClipboardItem[]> {
    return clipboardItems
  },
  async write(items: Electron.ClipboardItem[]): Promise<void> {
    clipboardText = ''
    clipboardItems = items
  },
  clear(): void {
    clipboardText = ''
    clipboardItems = []
  },
} satisfies Partial<Electron.Clipboard>

/** What lies on the clipboard in several formats. */
export class HostClipboardItem {
  readonly #items: Readonly<Record<string, Blob | string>>

  constructor(items: Readonly<Record<string, Blob | string>>) {
    this.#items = items
  }

  get types(): string[] {
    return Object.keys(this.#items)
  }

  async getType(type: string): Promise<Blob> {
    return new Blob([this.#items[type] ?? refuse(`the clipboard's format ${type}`)])
  }
}

/** Pictures are kept as the bytes that they were made of: nothing here draws them. */
export const nativeImage = {
  createFromBuffer: (buffer: Buffer, options: Electron.CreateFromBufferOptions = {}) => ({
    isEmpty: () => buffer.length === 0,
    toPNG: () => buffer,
    scaleFactor: options.scaleFactor ?? 1,
  }),
}

/** Other apps are not opened from here; what would have been is noted. */
export const shell = {
  async openExternal(url: string): Promise<void> {
    noteCall('shell.openExternal', url)
  },
  async openPath(file: string): Promise<string> {
    noteCall('shell.openPath', file)
    return ''
  },
  showItemInFolder(file: string): void {
    noteCall('shell.showItemInFolder', file)
  },
} satisfies Partial<Electron.Shell>

/** Nobody is there to answer: a test puts its own function in place of the one it expects. */
export const dialog = {
  showMessageBox: () => refuse('dialog.showMessageBox, unless the test answers it'),
  showOpenDialog: () => refuse('dialog.showOpenDialog, unless the test answers it'),
  showSaveDialog: () => refuse('dialog.showSaveDialog, unless the test answers it'),
  showErrorBox: (title: string, content: string) => noteCall('dialog.showErrorBox', title, content),
}

const display = {
  id: 1,
  scaleFactor: 1,
  bounds: { x: 0, y: 0, width: 1920, height: 1080 },
  workArea: { x: 0, y: 0, width: 1920, height: 1080 },
} as Electron.Display

export const screen = {
  getPrimaryDisplay: () => display,
  getAllDisplays: () => [display],
  getDisplayMatching: () => display,
} satisfies Partial<Electron.Screen>

/** Notifications are noted, and clicked only by tests. */
export class HostNotification extends StrictEmitter {
  readonly title: string
  readonly body: string

  static isSupported(): boolean {
    return true
  }

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super('Notification', ['click', 'show', 'close', 'failed'])
    this.title = options.title ?? ''
    this.body = options.body ?? ''
  }

  show(): void {
    noteCall('Notification.show', this.title, this.body)
    this.emit('show')
  }
}

export const powerMonitor = new StrictEmitter('powerMonitor', ['suspend', 'resume', 'lock-screen', 'unlock-screen'])

const blockers = new Set<number>()
let lastBlocker = 0

export const powerSaveBlocker = {
  start(type: Parameters<Electron.PowerSaveBlocker['start']>[0]): number {
    noteCall('powerSaveBlocker.start', type)
    blockers.add(++lastBlocker)
    return lastBlocker
  },
  stop: (id: number) => blockers.delete(id),
  isStarted: (id: number) => blockers.has(id),
} satisfies Partial<Electron.PowerSaveBlocker>
