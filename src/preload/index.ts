import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron'
import type { Api } from '../shared/contract.ts'
import { commandNames, eventNames } from './names.ts'

const api: Api = {
  async invoke(command, input) {
    if (!Object.hasOwn(commandNames, command)) throw new Error(`There is no command ${command}.`)
    return ipcRenderer.invoke(command, input)
  },
  on(event, listener) {
    if (!Object.hasOwn(eventNames, event)) throw new Error(`There is no event ${event}.`)
    const forward = (_event: IpcRendererEvent, payload: Parameters<typeof listener>[0]) => listener(payload)
    ipcRenderer.on(event, forward)
    return () => void ipcRenderer.off(event, forward)
  },
  // Not an invoke: macOS wants the drag started while the gesture is still being handled.
  startDrag: (files) => ipcRenderer.send('staging:drag', files),
  platform: process.platform,
}

contextBridge.exposeInMainWorld('api', api)
