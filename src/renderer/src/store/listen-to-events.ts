import type { Api } from '../../../shared/contract.ts'
import type { AppStore } from './app-store.ts'

/** Keeps the store in step with what main tells unasked. */
export function listenToEvents(api: Api, store: AppStore): void {
  api.on('account:changed', (account) => store.setState({ account }))
  api.on('settings:changed', (settings) => store.getState().applySettings(settings))
  api.on('recents:changed', (recents) => store.setState({ recents }))
  api.on('transfers:changed', (batches) => store.setState({ batches }))
  api.on('staging:changed', (changes) => store.getState().applyStaged(changes))
  api.on('staging:not-ready', ({ listing, nodes }) => store.getState().refuseDrag(listing, nodes))
  api.on('listing:changed', (listing) => store.getState().applyListing(listing))
  api.on('app:open-execution', (execution) => void store.getState().openExecution(execution))
}
