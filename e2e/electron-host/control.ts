import type { Browser } from './chromium.ts'
import { callsSoFar, listenForMissing, missingSoFar } from './unimplemented.ts'

/** What a test sends to the process that the host runs in. */
export type ToHost = { readonly id: number; readonly fn: string; readonly arg: unknown }

/** What that process sends back. */
export type FromHost =
  | { readonly kind: 'started'; readonly debuggingPort: number }
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string }
  | { readonly kind: 'missing'; readonly what: string }

/** Answers the test that started this process: where the window is, and what functions evaluate to. */
export function listenToTest(electron: object, browser: Promise<Browser>): void {
  if (!process.send) return
  const send = (message: FromHost) => void process.send?.(message)
  listenForMissing((what) => send({ kind: 'missing', what }))
  void browser.then(({ debuggingPort }) => send({ kind: 'started', debuggingPort }))
  process.on('message', async ({ id, fn, arg }: ToHost) => {
    try {
      send({ kind: 'result', id, value: await evaluate(fn, electron, arg) })
    } catch (error) {
      send({ kind: 'failure', id, message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  })
  // The test's end is not this process's: only the app itself quits.
  process.channel?.unref()
}

/** Runs a test's function with Electron's modules, as Playwright's `electronApplication.evaluate` does. */
async function evaluate(fn: string, electron: object, arg: unknown): Promise<unknown> {
  const host = { calls: callsSoFar, missing: missingSoFar }
  const run = new Function('host', `return (${fn})`)(host) as (electron: object, arg: unknown) => unknown
  return run(electron, arg)
}
