import type { Browser } from './chromium.ts'
import type { HostWindow } from './modules/browser-window.ts'

/** What the modules share: one browser, its windows, and what the command line said. */
export type HostState = {
  readonly appFolder: string
  readonly argv: readonly string[]
  readonly headless: boolean
  readonly browser: Promise<Browser>
  readonly windows: Set<HostWindow>
}

let current: HostState | null = null

export function setState(state: HostState): void {
  current = state
}

export function hostState(): HostState {
  if (!current) throw new Error('The host has not been started.')
  return current
}

/** The value of a switch such as `--user-data-dir=…`; null when it is not given. */
export function switchValue(name: string): string | null {
  const found = hostState().argv.find((argument) => argument.startsWith(`--${name}=`))
  return found?.slice(name.length + 3) ?? null
}
