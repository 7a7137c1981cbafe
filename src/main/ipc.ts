import { type BrowserWindow, type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron'
import type { z } from 'zod'
import type { Logger } from '../core/log/logger.ts'
import { toAppError } from '../core/log/unexpected.ts'
import {
  type AppEvent,
  type Command,
  commands,
  dragSchema,
  events,
  type Handlers,
  type Payload,
} from '../shared/contract.ts'
import type { Result } from '../shared/errors.ts'

/** Tells whether a message comes from where the app's own window would send it. */
export type IsTrusted = (event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>) => boolean

/** What a drag out of the window names. */
export type Drag = z.output<typeof dragSchema>

/** Answers every command of the contract. A sender or a payload that is not as agreed is logged and rejected. */
export function serve(handlers: Handlers, isTrusted: IsTrusted, log: Logger): void {
  for (const command of Object.keys(commands) as Command[])
    ipcMain.handle(command, async (event, payload: unknown) => {
      if (!isTrusted(event)) {
        log.warn('A message from elsewhere was refused', { command, url: event.senderFrame?.url ?? null })
        throw new Error(`Refused: ${command} is not open to this sender.`)
      }
      return answer(handlers, command, payload, log)
    })
}

/**
 * Hears of drags, which are the one message that is not a command: macOS drops a drag that does not start while the
 * gesture is still being handled, and a command's answer would come too late.
 */
export function listenForDrags(
  onDrag: (drag: Drag, contents: WebContents) => void,
  isTrusted: IsTrusted,
  log: Logger,
): void {
  ipcMain.on('staging:drag', (event, payload: unknown) => {
    const input = dragSchema.safeParse(payload)
    if (isTrusted(event) && input.success) onDrag(input.data, event.sender)
    else log.warn('A drag was refused', { isTrusted: isTrusted(event), url: event.senderFrame?.url ?? null })
  })
}

/** Parses the payload, calls the handler, and turns whatever it throws into data. Rejects a payload that does not fit. */
async function answer(handlers: Handlers, command: Command, payload: unknown, log: Logger): Promise<Result<unknown>> {
  const input = commands[command].input.safeParse(payload)
  if (!input.success) {
    log.warn('A message with a wrong payload was refused', { command, issues: input.error.issues.length })
    throw new Error(`Refused: the payload of ${command} is not as agreed.`)
  }
  try {
    const handler = handlers[command] as (input: unknown) => unknown
    // Parsing what goes out leaves behind whatever the contract does not name, such as a download URL.
    return { ok: true, value: commands[command].output.parse(await handler(input.data)) }
  } catch (thrown) {
    return { ok: false, error: toAppError(log, `The command ${command} failed unexpectedly`, thrown) }
  }
}

export type Emit = <E extends AppEvent>(event: E, payload: Payload<E>) => void

/** Tells the window something unasked; without a window there is nobody to tell. */
export function createEmit(window: () => BrowserWindow | null): Emit {
  return (event, payload) => {
    const contents = window()?.webContents
    if (contents && !contents.isDestroyed()) contents.send(event, events[event].parse(payload))
  }
}
