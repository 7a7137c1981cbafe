import type { Api } from '../../shared/contract.ts'

declare global {
  interface Window {
    readonly api: Api
  }
}

/** The one way out of the window: what the preload gives. */
export const bridge: Api = window.api
