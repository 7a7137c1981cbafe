import type { Api, AppEvent, Command, Handlers, ParsedInput, Payload } from '../../../shared/contract.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { ExecutionKey, Recent } from '../../../shared/models/execution.ts'
import { type Settings, settingsSchema } from '../../../shared/models/settings.ts'
import type { Batch, LocalCopy } from '../../../shared/models/transfer.ts'
import { createFakeListing, type FakeFile, type FakeListing } from './fake-listing.ts'

export type FakeApiOptions = {
  readonly files?: readonly FakeFile[]
  readonly recents?: readonly Recent[]
  readonly batches?: readonly Batch[]
  readonly signedIn?: boolean
  readonly platform?: string
  /** The copy of every file that was downloaded. */
  readonly localCopy?: LocalCopy
  /** The run that the app was started with. */
  readonly startsWith?: ExecutionKey
}

export const sampleExecutionId = '0b9f6f0e-6a5f-4c1e-9d39-6a1c2f0e7a01'

/** Main as the window sees it, in memory: answers commands, records them, and tells events when asked to. */
export function createFakeApi(options: FakeApiOptions = {}) {
  const listeners = new Map<AppEvent, Set<(payload: never) => void>>()
  const calls: { readonly command: Command; readonly input: unknown }[] = []
  const refusals = new Map<Command, AppError>()
  const held = new Map<Command, Promise<void>>()
  const listings = new Map<number, FakeListing>()
  let recents = options.recents ?? []
  let settings: Settings = settingsSchema.parse({})
  let signedIn = options.signedIn ?? true

  const account = () => ({
    base: 'https://odyssey.asteroid.ai/agents/v2',
    signedIn,
    keptIn: signedIn ? ('keychain' as const) : ('nowhere' as const),
    verified: signedIn,
    problem: null,
  })
  const listing = (number: number) => {
    const found = listings.get(number)
    if (!found) throw new Error(`Listing ${number} is not open.`)
    return found
  }
  const sameRun = (key: { readonly executionId: string }) => (recent: Recent) => recent.executionId === key.executionId

  const handlers: Handlers = {
    'app:info': () => ({ version: '0.1.0', electron: '45.5.0', platform: 'linux', logFile: '/tmp/main.log' }),
    'app:ready': () => options.startsWith ?? null,
    'app:painted': () => {},
    'app:report-fault': () => {},
    'app:open-page': () => {},
    'app:copy-text': () => {},
    'app:copy-diagnostics': () => {},
    'account:status': account,
    'account:sign-in': () => {
      signedIn = true
      return account()
    },
    'account:sign-out': () => {
      signedIn = false
      return account()
    },
    'settings:get': () => settings,
    'settings:change': (change) => {
      settings = settingsSchema.parse({ ...settings, ...change })
      return settings
    },
    'settings:choose-download-folder': () => settings,
    'recents:list': () => [...recents],
    'recents:pin': ({ key, pinned }) => {
      recents = recents.map((recent) => (sameRun(key)(recent) ? { ...recent, pinned } : recent))
      return [...recents]
    },
    'recents:remove': (key) => {
      recents = recents.filter((recent) => !sameRun(key)(recent))
      return [...recents]
    },
    'recents:clear': () => {
      recents = []
      return []
    },
    'sample:list': () => [{ executionId: sampleExecutionId, label: 'Finished run' }],
    'listing:open': (key) => {
      const number = listings.size + 1
      const opened = createFakeListing(number, key, options.files ?? [])
      listings.set(number, opened)
      return opened.view()
    },
    'listing:close': () => {},
    'listing:refresh': (input) => listing(input.listing).refresh(),
    'listing:cancel-loading': () => {},
    'listing:follow': (input) => listing(input.listing).follow(input.follow),
    'listing:rows': (input) => listing(input.listing).rows(input.from, input.to),
    'listing:set-open': (input) => listing(input.listing).setOpen(input.node, input.open),
    'listing:set-all-open': (input) => listing(input.listing).setAllOpen(input.open),
    'listing:sort': (input) => listing(input.listing).sort(input.sort),
    'listing:filter': (input) => listing(input.listing).filter(input.filter),
    'listing:select': (input) => listing(input.listing).select(input.how, input.node),
    'listing:locate': (input) => listing(input.listing).locate(input.node, input.reveal),
    'listing:type-ahead': (input) => listing(input.listing).typeAhead(input.from, input.text),
    'listing:note-place': () => {},
    'listing:details': (input) => listing(input.listing).details(input.node),
    'listing:selection-summary': (input) => listing(input.listing).selectionSummary(),
    'listing:copy-paths': () => 1,
    'preview:open': () => ({
      kind: 'empty',
      foundMime: null,
      description: 'An empty file',
      encoding: null,
      language: null,
      size: 0,
      firstBytes: new Uint8Array(),
      complete: true,
      canRange: false,
      content: '',
    }),
    'preview:read': ({ from }) => ({ from, bytes: new Uint8Array(), size: 0 }),
    'preview:add-page': () => 'page',
    'preview:picture': () => null,
    'staging:prefetch': () => {},
    'staging:open': () => {},
    'staging:copy': (input) =>
      input.files.what === 'nodes' ? input.files.nodes.length : listing(input.listing).view().selection.count,
    'transfers:start': () => 'batch-1',
    'transfers:list': () => [...(options.batches ?? [])],
    'transfers:files': ({ from }) => ({ from, total: 0, transfers: [] }),
    'transfers:pause': () => {},
    'transfers:resume': () => {},
    'transfers:cancel': () => {},
    'transfers:retry': () => {},
    'transfers:try-now': () => {},
    'transfers:pause-all': () => {},
    'transfers:try-all-now': () => {},
    'transfers:resume-all': () => {},
    'transfers:clear-done': () => {},
    'transfers:answer-conflict': () => {},
    'transfers:reveal': () => {},
    'transfers:open': () => {},
    'transfers:find-copy': () => options.localCopy ?? null,
    'transfers:reveal-copy': () => {},
  }

  const api: Api = {
    platform: options.platform ?? 'linux',
    invoke: async (command, input) => {
      calls.push({ command, input })
      const error = refusals.get(command)
      if (error) {
        await held.get(command)
        return { ok: false, error }
      }
      const value = await handlers[command](input as ParsedInput<typeof command>)
      await held.get(command)
      return { ok: true, value }
    },
    startDrag: () => {},
    on: (event, listener) => {
      const heard = listeners.get(event) ?? new Set()
      listeners.set(event, heard.add(listener as (payload: never) => void))
      return () => heard.delete(listener as (payload: never) => void)
    },
  }

  return {
    api,
    calls,
    callsOf: (command: Command) => calls.filter((call) => call.command === command).map(({ input }) => input),
    /** The newest open listing. */
    listing: () => listing(listings.size),
    tell: <E extends AppEvent>(event: E, payload: Payload<E>) => {
      for (const listener of listeners.get(event) ?? []) (listener as (payload: Payload<E>) => void)(payload)
    },
    /** Makes a command fail from now on, or work again. */
    refuse: (command: Command, error: AppError | null) => {
      if (error) refusals.set(command, error)
      else refusals.delete(command)
    },
    /** Holds a command's answers, as they were when it was asked, back until the function that this answers is called. */
    hold: (command: Command): (() => void) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      held.set(command, promise)
      return () => {
        held.delete(command)
        resolve()
      }
    },
  }
}
