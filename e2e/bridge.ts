import type { Page } from '@playwright/test'
import type { Api, Command, Input, Output } from '../src/shared/contract.ts'

declare global {
  interface Window {
    readonly api: Api
  }
}

/** Asks main something as the window would; throws the error's kind and message when it fails. */
export async function ask<C extends Command>(window: Page, command: C, input: Input<C>): Promise<Output<C>> {
  const result = await window.evaluate(
    ([name, payload]) => globalThis.window.api.invoke(name as Command, payload as never),
    [command, input] as const,
  )
  if (!result.ok) throw new Error(`${command}: ${result.error.kind}: ${result.error.message}`)
  return result.value as Output<C>
}
