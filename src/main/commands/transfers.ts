import path from 'node:path'
import { app, type BrowserWindow, dialog, type SaveDialogOptions, shell } from 'electron'
import { Failure } from '../../core/failure.ts'
import type { OpenListing } from '../../core/listing/open-listing.ts'
import { otherRunOf } from '../../core/transfers/in-step/memory-file.ts'
import { wholePaths } from '../../core/transfers/layout.ts'
import { safeName } from '../../core/transfers/target-path.ts'
import type { Transfers } from '../../core/transfers/transfers.ts'
import type { ParsedInput } from '../../shared/contract.ts'
import type { Recent } from '../../shared/models/execution.ts'
import type { Nodes } from '../../shared/models/listing.ts'
import type { LocalCopy } from '../../shared/models/transfer.ts'
import { isSameExecution } from '../../shared/same-execution.ts'
import { findLocalCopy } from '../finished-copy.ts'
import type { Listings } from '../listings.ts'
import { openFile } from '../open-file.ts'
import { planDownload } from '../plan-download.ts'
import type { Recents } from '../recents.ts'
import type { SettingsStore } from '../settings.ts'
import type { HandlersOf } from './handlers-of.ts'
import { chooseFolder } from './settings.ts'

export type TransfersParts = {
  readonly transfers: () => Promise<Transfers>
  readonly listings: Listings
  readonly settings: SettingsStore
  readonly recents: Pick<Recents, 'list' | 'note'>
  readonly window: () => BrowserWindow | null
}

export function transfersCommands(parts: TransfersParts): HandlersOf<'transfers'> {
  const { transfers, settings, window } = parts
  return {
    'transfers:start': (input) => start(parts, input),
    'transfers:list': async () => [...(await transfers()).list()],
    'transfers:files': async ({ id, from, to, only }) => {
      const { total, transfers: some } = (await transfers()).files(id, from, to, only)
      return { from, total, transfers: [...some] }
    },
    'transfers:pause': async ({ id, index }) => (await transfers()).pause(id, index),
    'transfers:resume': async ({ id, index }) => (await transfers()).resume(id, index),
    'transfers:cancel': async ({ id, index }) => (await transfers()).cancel(id, index),
    'transfers:retry': async ({ id, index }) => (await transfers()).retry(id, index),
    'transfers:try-now': async ({ id, index }) => (await transfers()).tryNow(id, index),
    'transfers:pause-all': async () => forEachOpen(await transfers(), 'pause'),
    'transfers:resume-all': async () => forEachOpen(await transfers(), 'resume'),
    'transfers:try-all-now': async () => (await transfers()).wake(),
    'transfers:clear-done': async () => (await transfers()).clearDone(),
    'transfers:answer-conflict': async ({ id, policy, forAll, remember }) => {
      if (remember) await settings.change({ conflicts: policy })
      return (await transfers()).answerConflict(id, policy, forAll)
    },
    'transfers:reveal': async (input) => shell.showItemInFolder(placeOf(await transfers(), input)),
    'transfers:open': async (input) => openFile(window(), placeOf(await transfers(), input)),
    'transfers:find-copy': (input) => findCopy(parts, input),
    'transfers:reveal-copy': async (input) => {
      const copy = await findCopy(parts, input)
      if (!copy || copy.state === 'gone') throw notHere()
      shell.showItemInFolder(copy.place)
    },
  }
}

async function start(parts: TransfersParts, input: ParsedInput<'transfers:start'>): Promise<string | null> {
  const source = parts.listings.get(input.listing)
  // The person may pick others while they are asked where to.
  const files = source.choose(input.files)
  try {
    return await startWith(parts, input, source, files)
  } finally {
    source.letGo(files)
  }
}

async function startWith(
  parts: TransfersParts,
  input: ParsedInput<'transfers:start'>,
  source: OpenListing,
  files: Nodes,
): Promise<string | null> {
  const plan = await planDownload(source, files, runName(parts.recents, source))
  const { title } = plan
  const target = await chooseTarget(parts, input, source, title)
  if (target === null) return null
  if (input.as === 'in-step') await refuseOtherRun(target, source)
  // Where an archive's name was asked for, replacing what has it was asked, too.
  const conflicts = input.as === 'archive' && input.to === 'ask' ? 'replace' : parts.settings.get().conflicts
  const transfers = await parts.transfers()
  // A folder that is kept in step may hold all directories of a run, whatever was taken first.
  const layout = input.as === 'in-step' ? wholePaths : plan.layout
  const id = await transfers.start({ source, files, target, kind: input.as, layout, title, conflicts })
  if (input.as === 'in-step') parts.recents.note({ ...source.execution, inStepFolder: target })
  return id
}

/** What the person sees the run called; null when it has no name but its id. */
function runName(recents: Pick<Recents, 'list'>, listing: OpenListing): string | null {
  const recent = recentOf(recents, listing)
  const label = recent && !recent.executionId.startsWith(recent.label) ? recent.label : null
  return label ?? listing.view().info?.agentName ?? null
}

function recentOf({ list }: Pick<Recents, 'list'>, { execution }: OpenListing): Recent | null {
  return list().find((each) => isSameExecution(each, execution)) ?? null
}

/** The folder that files go to, or the archive's own path; null when the person chose none. */
async function chooseTarget(
  { settings, recents, window }: TransfersParts,
  { to, as }: ParsedInput<'transfers:start'>,
  source: OpenListing,
  title: string,
): Promise<string | null> {
  const downloads = downloadFolder(settings)
  const folder = to === 'desktop' ? app.getPath('desktop') : downloads
  const archive = path.join(folder, safeName(`${title}.zip`))
  if (to !== 'ask') return as === 'archive' ? archive : folder
  if (as === 'archive') return chooseArchive(window(), archive)
  // Most often it is the same folder again.
  const last = as === 'in-step' ? recentOf(recents, source)?.inStepFolder : undefined
  return chooseFolder(window(), last ?? folder)
}

async function refuseOtherRun(folder: string, { execution }: OpenListing): Promise<void> {
  const other = await otherRunOf(folder, execution.executionId)
  if (other === null) return
  const message = `“${path.basename(folder)}” is kept in step with another run, ${other.slice(0, 8)}. Choose another folder.`
  throw new Failure({ kind: 'invalid-input', message })
}

async function chooseArchive(window: BrowserWindow | null, defaultPath: string): Promise<string | null> {
  const options: SaveDialogOptions = { defaultPath, filters: [{ name: 'ZIP', extensions: ['zip'] }] }
  const { filePath } = window ? await dialog.showSaveDialog(window, options) : await dialog.showSaveDialog(options)
  return filePath || null
}

function placeOf(transfers: Transfers, { id, index }: ParsedInput<'transfers:open'>): string {
  const place = transfers.placeOf(id, index)
  if (place === null) throw notHere()
  return place
}

async function findCopy(
  { listings, transfers, settings }: TransfersParts,
  { listing, node }: ParsedInput<'transfers:find-copy'>,
): Promise<LocalCopy | null> {
  const source = listings.get(listing)
  const file = await source.file(node)
  return file && findLocalCopy(await transfers(), source.execution, file, downloadFolder(settings))
}

function downloadFolder(settings: SettingsStore): string {
  return settings.get().downloadFolder ?? app.getPath('downloads')
}

function notHere(): Failure {
  return new Failure({ kind: 'invalid-input', message: 'The file is not on this computer yet, or no longer is.' })
}

function forEachOpen(transfers: Transfers, change: 'pause' | 'resume'): void {
  for (const { id, endedAt } of transfers.list()) if (endedAt === null) transfers[change](id)
}
