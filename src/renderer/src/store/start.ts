import type { Api } from '../../../shared/contract.ts'
import type { AppStore } from './app-store.ts'

/** Loads what the window needs to be drawn, and opens the run that the app was started with, if any. */
export async function start(api: Api, store: AppStore): Promise<void> {
  const { loadSettings, loadAccount, loadRecents, loadTransfers, openExecution, report } = store.getState()
  await Promise.all([loadSettings(), loadAccount(), loadRecents(), loadTransfers()])
  const answer = await api.invoke('app:ready', undefined)
  if (!answer.ok) report(answer.error)
  else if (answer.value) await openExecution(answer.value)
}
