import type { Api } from '../../../shared/contract.ts'
import type { AppStore } from './app-store.ts'

/** Loads what the window needs to be drawn, and opens the run that the app was started with, if any. Throws without settings. */
export async function start(api: Api, store: AppStore): Promise<void> {
  const { loadSettings, loadAccount, loadRecents, loadTransfers, openExecution, report } = store.getState()
  await Promise.all([loadSettings(), loadAccount(), loadRecents(), loadTransfers()])
  // Nothing is drawn without them, not even the notice that says what went wrong.
  if (!store.getState().settings) throw new Error('The settings could not be read.')
  const answer = await api.invoke('app:ready', undefined)
  if (!answer.ok) report(answer.error)
  else if (answer.value) await openExecution(answer.value)
}
