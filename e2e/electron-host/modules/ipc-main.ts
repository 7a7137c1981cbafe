import { StrictEmitter } from '../emitter.ts'
import { refuse } from '../unimplemented.ts'

type InvokeHandler = (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown

const handlers = new Map<string, InvokeHandler>()
/** Any name may be a channel. */
const channels = new StrictEmitter('ipcMain', [])

export const ipcMain = {
  handle(channel: string, handler: InvokeHandler): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    handlers.set(channel, handler)
  },
  removeHandler(channel: string): void {
    handlers.delete(channel)
  },
  on(channel: string, listener: (event: Electron.IpcMainEvent, ...args: never[]) => void) {
    listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
    return channels as unknown as Electron.IpcMain
  },
} satisfies Partial<Record<keyof Electron.IpcMain, unknown>>

const listeners = new Map<string, ((event: Electron.IpcMainEvent, ...args: never[]) => void)[]>()

/** A page's `ipcRenderer.invoke`. Rejects as Electron does. */
export async function receiveInvoke(
  sender: Electron.WebContents,
  senderFrame: Electron.WebFrameMain,
  channel: string,
  args: readonly unknown[],
): Promise<unknown> {
  const handler = handlers.get(channel)
  if (!handler) throw new Error(`No handler registered for '${channel}'`)
  const event = { sender, senderFrame, frameId: 1, processId: 1, type: 'frame' } as Electron.IpcMainInvokeEvent
  return handler(event, ...args)
}

/** A page's `ipcRenderer.send`. */
export function receiveSend(
  sender: Electron.WebContents,
  senderFrame: Electron.WebFrameMain,
  channel: string,
  args: readonly unknown[],
): void {
  const event = { sender, senderFrame, frameId: 1, processId: 1, type: 'frame' } as Electron.IpcMainEvent
  const heard = listeners.get(channel)
  if (!heard) refuse(`a message on “${channel}” that nobody listens to`)
  for (const listener of heard) listener(event, ...(args as never[]))
}
