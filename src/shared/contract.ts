import { z } from 'zod'
import type { Result } from './errors.ts'
import { longestReference, maximumDragged, maximumLaidOutLength, maximumReadBytes } from './limits.ts'
import { accountSchema } from './models/account.ts'
import { executionKeySchema, recentSchema } from './models/execution.ts'
import {
  detailsSchema,
  filterSchema,
  listingSchema,
  nodesSchema,
  pickedSchema,
  placeSchema,
  rowSchema,
  sortSchema,
  summarySchema,
} from './models/listing.ts'
import { pictureSchema, previewHeadSchema, previewPartSchema } from './models/preview.ts'
import { settingsSchema } from './models/settings.ts'
import { stagedSchema } from './models/staging.ts'
import {
  batchSchema,
  conflictPolicySchema,
  localCopySchema,
  transferChoiceSchema,
  transferSchema,
} from './models/transfer.ts'

type CommandShape = { readonly input: z.ZodType; readonly output: z.ZodType }

const nothing = z.void()
const count = z.number().int().min(0)
const inListing = z.object({ listing: z.number().int() })
const atNode = inListing.extend({ node: count })
/** Files that are handed to the system at once, so no more than it takes well. */
const ofFiles = inListing.extend({ nodes: z.array(count).min(1).max(maximumDragged) })
const ofBatch = z.object({ id: z.string().max(100) })
/** One transfer of a batch, or the whole batch when there is no index. */
const ofTransfer = ofBatch.extend({ index: count.optional() })

/** Every question the window may ask. Each answers a `Result`; anything else is refused. */
export const commands = {
  'app:info': {
    input: nothing,
    output: z.object({ version: z.string(), electron: z.string(), platform: z.string(), logFile: z.string() }),
  },
  /** The window says that it listens to events; answers the execution that the app was started with, or null. */
  'app:ready': { input: nothing, output: executionKeySchema.nullable() },
  /** The window says that what it shows first is painted: it is hidden until then. */
  'app:painted': { input: nothing, output: nothing },
  /** What nobody caught in the window, for the log. */
  'app:report-fault': { input: z.object({ text: z.string().max(10_000) }), output: nothing },
  /** Opens one of a few known pages in the person's browser. */
  'app:open-page': {
    input: z.discriminatedUnion('page', [
      z.object({ page: z.literal('api-keys') }),
      z.object({ page: z.literal('documentation') }),
      z.object({ page: z.literal('execution'), executionId: z.uuid() }),
    ]),
    output: nothing,
  },
  'app:copy-text': { input: z.object({ text: z.string().max(1_000_000) }), output: nothing },
  /** Puts what a report of a fault needs on the clipboard: versions, settings and the log's end, without secrets. */
  'app:copy-diagnostics': { input: nothing, output: nothing },

  'account:status': { input: nothing, output: accountSchema },
  'account:sign-in': {
    input: z.object({ key: z.string().trim().min(1).max(4_096), keep: z.enum(['keychain', 'session']) }),
    output: accountSchema,
  },
  'account:sign-out': { input: nothing, output: accountSchema },

  'settings:get': { input: nothing, output: settingsSchema },
  /** Changes what is named, keeps the rest, and answers the whole. */
  'settings:change': { input: z.record(z.string(), z.unknown()), output: settingsSchema },
  'settings:choose-download-folder': { input: nothing, output: settingsSchema },

  'recents:list': { input: nothing, output: z.array(recentSchema) },
  'recents:pin': { input: z.object({ key: executionKeySchema, pinned: z.boolean() }), output: z.array(recentSchema) },
  'recents:remove': { input: executionKeySchema, output: z.array(recentSchema) },
  'recents:clear': { input: nothing, output: z.array(recentSchema) },
  /** Starts the embedded server if need be, and answers its runs. */
  'sample:list': { input: nothing, output: z.array(z.object({ executionId: z.string(), label: z.string() })) },

  /** Opens an execution, from the copy kept on this computer when there is one; the fresh files follow by event. */
  'listing:open': { input: executionKeySchema, output: listingSchema },
  'listing:close': { input: inListing, output: nothing },
  'listing:refresh': { input: inListing, output: listingSchema },
  'listing:cancel-loading': { input: inListing, output: nothing },
  'listing:follow': { input: inListing.extend({ follow: z.boolean() }), output: listingSchema },
  'listing:rows': {
    input: inListing.extend({ from: count, to: count }).refine(({ from, to }) => to - from <= 1_000),
    output: z.object({ revision: z.number(), from: z.number(), rows: z.array(rowSchema) }),
  },
  'listing:set-open': {
    input: atNode.extend({ open: z.boolean(), allBelow: z.boolean().optional() }),
    output: listingSchema,
  },
  'listing:set-all-open': { input: inListing.extend({ open: z.boolean() }), output: listingSchema },
  'listing:sort': { input: inListing.extend({ sort: sortSchema }), output: listingSchema },
  'listing:filter': { input: inListing.extend({ filter: filterSchema }), output: listingSchema },
  /** `only`, `toggle` and `extend` need a node; `extend` reaches from the last `only` or `toggle` to it, as rows stand. */
  'listing:select': {
    input: inListing.extend({ how: z.enum(['only', 'toggle', 'extend', 'all', 'none']), node: count.optional() }),
    output: listingSchema,
  },
  /** The row that a node is on, or -1; `reveal` opens the folders above it first. */
  'listing:locate': {
    input: atNode.extend({ reveal: z.boolean() }),
    output: z.object({ row: z.number(), listing: listingSchema }),
  },
  /** The next row from `from` on, going round, whose name starts with the text; -1 when there is none. */
  'listing:type-ahead': {
    input: inListing.extend({ from: count, text: z.string().min(1).max(200) }),
    output: z.number(),
  },
  /** Tells where the person is, to be kept with the run. */
  'listing:note-place': { input: inListing.extend({ place: placeSchema }), output: nothing },
  'listing:details': { input: atNode, output: detailsSchema },
  'listing:selection-summary': { input: inListing, output: summarySchema },
  /** Puts paths, one a line, on the clipboard; answers how many. */
  'listing:copy-paths': { input: inListing.extend({ files: nodesSchema }), output: z.number() },

  /** Reads the beginning of a file and finds out what it is; a later call cancels one that is still under way. */
  'preview:open': { input: atNode, output: previewHeadSchema },
  'preview:read': {
    input: atNode.extend({ from: count, length: count.min(1).max(maximumReadBytes) }),
    output: previewPartSchema,
  },
  /** Answers where a sandboxed frame finds this page of HTML, relative to the window's page. */
  'preview:add-page': { input: z.object({ html: z.string().max(maximumLaidOutLength) }), output: z.string() },
  /** Answers the picture of the run that a document means by a reference; null when there is none, or it may not be shown. */
  'preview:picture': {
    input: atNode.extend({ reference: z.string().max(longestReference) }),
    output: pictureSchema.nullable(),
  },

  /** Makes copies ahead of a drag, within the limits of the settings; `staging:changed` tells how far they are. */
  'staging:prefetch': { input: ofFiles.extend({ urgent: z.boolean() }), output: nothing },
  /** Opens a copy in the default app; asks first when the file's kind can run code. */
  'staging:open': { input: atNode, output: nothing },
  /** Puts files on the clipboard, to be pasted in the system's file manager. Answers how many. */
  'staging:copy': { input: inListing.extend({ files: pickedSchema }), output: z.number() },

  /** Answers the new batch's id, or null when the person chose no folder. */
  'transfers:start': {
    input: inListing.extend({
      files: nodesSchema,
      to: z.enum(['downloads', 'desktop', 'ask']),
      as: z.enum(['files', 'archive', 'in-step']),
    }),
    output: z.string().nullable(),
  },
  'transfers:list': { input: nothing, output: z.array(batchSchema) },
  /** A window of one batch's files, those that run, wait, failed or were renamed first. */
  'transfers:files': {
    input: ofBatch
      .extend({ from: count, to: count, only: transferChoiceSchema })
      .refine(({ from, to }) => to - from <= 1_000),
    output: z.object({ from: z.number(), total: z.number(), transfers: z.array(transferSchema) }),
  },
  'transfers:pause': { input: ofTransfer, output: nothing },
  'transfers:resume': { input: ofTransfer, output: nothing },
  'transfers:cancel': { input: ofTransfer, output: nothing },
  'transfers:retry': { input: ofTransfer, output: nothing },
  /** Ends a wait before its time. */
  'transfers:try-now': { input: ofTransfer, output: nothing },
  'transfers:pause-all': { input: nothing, output: nothing },
  'transfers:resume-all': { input: nothing, output: nothing },
  'transfers:try-all-now': { input: nothing, output: nothing },
  'transfers:clear-done': { input: nothing, output: nothing },
  'transfers:answer-conflict': {
    input: ofBatch.extend({ policy: conflictPolicySchema, forAll: z.boolean(), remember: z.boolean() }),
    output: nothing,
  },
  'transfers:reveal': { input: ofTransfer, output: nothing },
  'transfers:open': { input: ofTransfer, output: nothing },
  /** The copy of a file that was downloaded, and whether it is still the same; null when there is none. */
  'transfers:find-copy': { input: atNode, output: localCopySchema.nullable() },
  /** Shows that copy in the system's file manager. */
  'transfers:reveal-copy': { input: atNode, output: nothing },
} as const satisfies Record<string, CommandShape>

/** Everything main may tell the window unasked. */
export const events = {
  'account:changed': accountSchema,
  'settings:changed': settingsSchema,
  'recents:changed': z.array(recentSchema),
  'listing:changed': listingSchema,
  'transfers:changed': z.array(batchSchema),
  /** How far copies are; only those that changed, at most ten times a second. */
  'staging:changed': z.array(stagedSchema),
  /** A drag was asked for while these were not ready, whatever was told before: they were moved away, or changed. */
  'staging:not-ready': ofFiles,
  /** A menu's item was chosen, by the id of its action. */
  'menu:chosen': z.string(),
  /** A deep link, a web address or an id was handed to the app from outside. */
  'app:open-execution': executionKeySchema,
} as const satisfies Record<string, z.ZodType>

export type Command = keyof typeof commands
export type Input<C extends Command> = z.input<(typeof commands)[C]['input']>
export type ParsedInput<C extends Command> = z.output<(typeof commands)[C]['input']>
export type Output<C extends Command> = z.output<(typeof commands)[C]['output']>
export type AppEvent = keyof typeof events
export type Payload<E extends AppEvent> = z.output<(typeof events)[E]>

/** What main must provide: one function a command. */
export type Handlers = { readonly [C in Command]: (input: ParsedInput<C>) => Promise<Output<C>> | Output<C> }

/** What a drag out of the window names: never a path. Checked by main like a command's input. */
export const dragSchema = ofFiles

/** What the preload gives the window as `window.api`. */
export type Api = {
  readonly invoke: <C extends Command>(command: C, input: Input<C>) => Promise<Result<Output<C>>>
  /** Listens to an event; answers a function that stops listening. */
  readonly on: <E extends AppEvent>(event: E, listener: (payload: Payload<E>) => void) => () => void
  /** Hands files to the system's drag, at once; nothing happens unless all of them are staged. */
  readonly startDrag: (files: z.input<typeof dragSchema>) => void
  readonly platform: string
}
