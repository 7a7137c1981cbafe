import { createStore, type StateCreator, type StoreApi } from 'zustand/vanilla'
import type { Api } from '../../../shared/contract.ts'
import { type AccountSlice, accountSlice } from './account.ts'
import { type DialogsSlice, dialogsSlice } from './dialogs.ts'
import { type ExecutionsSlice, executionsSlice } from './executions.ts'
import { type FileFactsSlice, fileFactsSlice } from './file-facts.ts'
import { type FocusSlice, focusSlice } from './focus.ts'
import { listenToEvents } from './listen-to-events.ts'
import { type ListingSlice, listingSlice } from './listing.ts'
import { type NoticesSlice, noticesSlice } from './notices.ts'
import { type PanesSlice, panesSlice } from './panes.ts'
import { type RowsSlice, rowsSlice } from './rows.ts'
import { type ActionsSlice, actionsSlice } from './run-action.ts'
import { type SelectionSlice, selectionSlice } from './selection.ts'
import { type SettingsSlice, settingsSlice } from './settings.ts'
import { type StagingSlice, stagingSlice } from './staging.ts'
import { type TransfersSlice, transfersSlice } from './transfers.ts'

export type AppState = AccountSlice &
  ActionsSlice &
  DialogsSlice &
  ExecutionsSlice &
  FileFactsSlice &
  FocusSlice &
  ListingSlice &
  NoticesSlice &
  PanesSlice &
  RowsSlice &
  SelectionSlice &
  SettingsSlice &
  StagingSlice &
  TransfersSlice

export type AppStore = StoreApi<AppState>
/** One part of the store: it is given the api, and may read and change the whole state. */
export type Slice<S> = (api: Api) => StateCreator<AppState, [], [], S>

/** The window's one store. It is given the api so that a test can pass its own. */
export function createAppStore(api: Api): AppStore {
  const store = createStore<AppState>()((...tools) => ({
    ...accountSlice(api)(...tools),
    ...actionsSlice(api)(...tools),
    ...dialogsSlice(api)(...tools),
    ...executionsSlice(api)(...tools),
    ...fileFactsSlice(api)(...tools),
    ...focusSlice(api)(...tools),
    ...listingSlice(api)(...tools),
    ...noticesSlice(api)(...tools),
    ...panesSlice(api)(...tools),
    ...rowsSlice(api)(...tools),
    ...selectionSlice(api)(...tools),
    ...settingsSlice(api)(...tools),
    ...stagingSlice(api)(...tools),
    ...transfersSlice(api)(...tools),
  }))
  listenToEvents(api, store)
  return store
}
