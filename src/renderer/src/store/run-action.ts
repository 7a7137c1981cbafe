import { type Action, type ActionId, type ActionSubject, actions, findAction } from '../../../shared/actions.ts'
import type { Api } from '../../../shared/contract.ts'
import { canBeTried, hasEnded, isOver } from '../../../shared/ended.ts'
import type { ExecutionKey } from '../../../shared/models/execution.ts'
import type { Column } from '../../../shared/models/listing.ts'
import { isSameExecution } from '../../../shared/same-execution.ts'
import { formatCount } from '../format/count.ts'
import type { AppState, Slice } from './app-store.ts'
import { openRunInfo } from './executions.ts'
import { isFiltering } from './listing.ts'
import { actedOn, focusedRow } from './selection.ts'

export type ActionsSlice = {
  /** Carries an action out, if it can be now. `execution` is the run that it is about, where not the open one. */
  readonly run: (id: ActionId, execution?: ExecutionKey) => void
}

type Tools = { readonly api: Api; readonly state: AppState; readonly execution: ExecutionKey | null }

/** Tells whether an action makes sense now. */
export function isAvailable(state: AppState, action: Action): boolean {
  if (action.id === 'sign-out') return state.account?.keptIn === 'keychain' || state.account?.keptIn === 'session'
  // A run that could not be opened is closed, too.
  if (action.id === 'close-execution') return state.listing !== null || state.opening.state !== 'idle'
  switch (action.subject) {
    case 'window':
      return true
    case 'listing':
    case 'run':
      return state.listing !== null
    case 'rows':
      return state.listing !== null && actedOn(state) !== null
    case 'file':
      return focusedRow(state)?.kind === 'file'
    case 'folder':
      return state.listing !== null && (focusedRow(state)?.kind ?? 'file') !== 'file'
  }
}

/** How near a subject is to what a person is at. */
const distance: Readonly<Record<ActionSubject, number>> = { file: 0, folder: 1, rows: 2, listing: 3, run: 4, window: 5 }

/** The actions that the palette offers now: those about what is in focus, then about the run, then about the app. */
export function paletteActions(state: AppState): readonly Action[] {
  return actions
    .filter((action: Action) => action.palette && isAvailable(state, action) && hasEffect(state, action.id))
    .toSorted((a, b) => distance[a.subject] - distance[b.subject])
}

/** Tells whether an action would change anything now; only the palette, which is for finding, asks. */
function hasEffect(state: AppState, id: ActionId): boolean {
  const { batches, listing, recents, settings } = state
  switch (id) {
    case 'pause-transfers':
      return batches.some(({ status }) => !isOver(status) && status.state !== 'paused')
    case 'resume-transfers':
      return batches.some(({ status }) => status.state === 'paused')
    case 'try-transfers':
      return batches.some(({ status }) => canBeTried(status))
    case 'clear-transfers':
      return batches.some(({ status }) => isOver(status))
    case 'clear-filter':
      return listing !== null && isFiltering(listing.filter)
    case 'toggle-follow':
      return listing !== null && !hasEnded(openRunInfo(state)?.status ?? null)
    case 'download-all':
      return listing !== null && listing.fileCount > 0
    case 'theme-light':
    case 'theme-dark':
    case 'theme-system':
      return settings?.theme !== id.slice('theme-'.length)
    case 'clear-recents':
      return recents.length > 0
    default:
      return true
  }
}

export const actionsSlice: Slice<ActionsSlice> = (api) => (_, get) => {
  const carryOut = (id: ActionId, execution: ExecutionKey | undefined) => {
    const state = get()
    const action = findAction(id)
    const about = execution ?? state.listing
    if (!action || !(isAvailable(state, action) || (action.subject === 'run' && about))) return
    const key = about && { executionId: about.executionId, source: about.source }
    runners[id]({ api, state, execution: key })
  }
  return {
    run: (id, execution) => {
      const selecting = get().selecting()
      // What was selected a moment ago is meant, though main has not answered yet.
      const subject = findAction(id)?.subject
      if (selecting && (subject === 'rows' || subject === 'file')) void selecting.then(() => carryOut(id, execution))
      else carryOut(id, execution)
    },
  }
}

const runners: Readonly<Record<ActionId, (tools: Tools) => unknown>> = {
  'open-execution': ({ state }) => {
    state.showPane('executions')
    state.askForOpen()
  },
  'explore-sample': ({ state }) => state.exploreSample(),
  'close-execution': ({ state }) => {
    state.closeExecution()
    state.askForOpen()
  },
  'pin-execution': ({ state, execution }) => {
    if (!execution) return
    const recent = state.recents.find((each) => isSameExecution(each, execution))
    return state.pin(execution, !recent?.pinned)
  },
  'remove-execution': ({ state, execution }) => execution && state.removeRecent(execution),
  'clear-recents': ({ state }) => state.showDialog('clear-recents'),
  'open-file': async ({ api, state }) => {
    const { listing, focus } = state
    if (!listing || focus.node === null) return
    const answer = await api.invoke('staging:open', { listing: listing.listing, node: focus.node })
    if (!answer.ok) state.report(answer.error)
  },
  preview: ({ state }) => state.setPreviewing(!state.previewing),
  download: ({ state }) => transfer(state, { to: 'downloads', as: 'files' }),
  'download-to': ({ state }) => transfer(state, { to: 'ask', as: 'files' }),
  'save-to-desktop': ({ state }) => transfer(state, { to: 'desktop', as: 'files' }),
  'download-archive': ({ state }) => transfer(state, { to: 'ask', as: 'archive' }),
  'keep-in-step': ({ state }) => transfer(state, { to: 'ask', as: 'in-step' }),
  'download-all': ({ state }) => state.startTransfer({ what: 'all' }, { to: 'downloads', as: 'files' }),
  settings: ({ state }) => state.showDialog('settings'),
  'sign-in': ({ state }) => state.showDialog('sign-in'),
  'sign-out': ({ state }) => state.signOut(),
  'copy-files': (tools) => copyFiles(tools),
  'copy-paths': (tools) => copyPaths(tools),
  'copy-execution-id': async ({ api, state, execution }) => {
    if (!execution) return
    await api.invoke('app:copy-text', { text: execution.executionId })
    state.tell('The run’s id is on the clipboard.')
  },
  'select-all': ({ state }) => state.selectAll(),
  'select-none': ({ state }) => state.selectNone(),
  search: ({ state }) => state.askForSearch(),
  'clear-filter': ({ state }) => state.setFilter({ text: '', directories: [], types: [], creators: [] }),
  palette: ({ state }) => state.showDialog(state.dialog === 'palette' ? null : 'palette'),
  refresh: ({ state }) => state.refresh(),
  'toggle-follow': ({ state }) => state.setFollowing(!state.listing?.following),
  'expand-below': ({ state }) => state.focus.node !== null && state.setOpen(state.focus.node, true, true),
  'expand-all': ({ state }) => state.setAllOpen(true),
  'collapse-all': ({ state }) => state.setAllOpen(false),
  'toggle-flat': ({ state }) => state.setFilter({ flat: !state.listing?.filter.flat }),
  'sort-name': ({ state }) => sort(state, 'name'),
  'sort-size': ({ state }) => sort(state, 'size'),
  'sort-modified': ({ state }) => sort(state, 'updatedAt'),
  'sort-creator': ({ state }) => sort(state, 'createdBy'),
  'sort-type': ({ state }) => sort(state, 'mimeType'),
  'toggle-executions': ({ state }) => state.togglePane('executions'),
  'toggle-details': ({ state }) => state.togglePane('details'),
  'toggle-transfers': ({ state }) => state.togglePane('transfers'),
  'theme-light': ({ state }) => state.changeSettings({ theme: 'light' }),
  'theme-dark': ({ state }) => state.changeSettings({ theme: 'dark' }),
  'theme-system': ({ state }) => state.changeSettings({ theme: 'system' }),
  'pause-transfers': ({ state }) => state.changeAllTransfers('pause-all'),
  'resume-transfers': ({ state }) => state.changeAllTransfers('resume-all'),
  'try-transfers': ({ state }) => state.changeAllTransfers('try-all-now'),
  'clear-transfers': ({ state }) => state.changeAllTransfers('clear-done'),
  'open-api-keys': ({ api }) => api.invoke('app:open-page', { page: 'api-keys' }),
  'show-on-web': ({ api, execution }) =>
    execution && api.invoke('app:open-page', { page: 'execution', executionId: execution.executionId }),
  'open-documentation': ({ api }) => api.invoke('app:open-page', { page: 'documentation' }),
  'keyboard-shortcuts': ({ state }) => state.showDialog('shortcuts'),
  'copy-diagnostics': async ({ api, state }) => {
    const answer = await api.invoke('app:copy-diagnostics', undefined)
    if (answer.ok) state.tell('Diagnostics are on the clipboard. They hold no keys and no links.')
    else state.report(answer.error)
  },
  about: ({ state }) => state.showDialog('about'),
}

function transfer(state: AppState, how: Parameters<AppState['startTransfer']>[1]): void {
  const files = actedOn(state)
  if (files) void state.startTransfer(files, how)
}

async function copyFiles({ api, state }: Tools): Promise<void> {
  const files = actedOn(state)
  if (!files || !state.listing) return
  const answer = await api.invoke('staging:copy', { listing: state.listing.listing, files })
  if (answer.ok) state.tell(`${formatCount(answer.value, 'file')} ready to paste.`)
  else state.report(answer.error)
}

async function copyPaths({ api, state }: Tools): Promise<void> {
  const files = actedOn(state)
  if (!files || !state.listing) return
  const answer = await api.invoke('listing:copy-paths', { listing: state.listing.listing, files })
  if (answer.ok) state.tell(answer.value === 1 ? 'The path is on the clipboard.' : 'The paths are on the clipboard.')
  else state.report(answer.error)
}

/** Sorts by a column; by the same one again, the other way round. Sizes and times start with the largest. */
export function sort(state: AppState, column: Column): void {
  const current = state.listing?.sort
  const largestFirst = column === 'size' || column === 'updatedAt'
  const flipped = current?.direction === 'ascending' ? 'descending' : 'ascending'
  const direction = current?.column === column ? flipped : largestFirst ? 'descending' : 'ascending'
  void state.sortBy({ column, direction })
}
