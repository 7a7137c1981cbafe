import { z } from 'zod'
import type { Result } from './errors.ts'
import {
  accountSchema,
  batchSchema,
  fileDetailsSchema,
  listingSchema,
  recentSchema,
  rowSchema,
  sortSchema,
  sourceSchema,
} from './models.ts'

type CommandShape = { readonly input: z.ZodType; readonly output: z.ZodType }

const nothing = z.void()
const execution = z.object({ executionId: z.uuid(), source: sourceSchema })
const rowNumber = z.number().int().min(0)
const inListing = z.object({ generation: z.number().int(), node: z.number().int().min(0) })

/** Every question the window may ask. Each answers a `Result`; anything else is refused. */
export const commands = {
  'account:status': { input: nothing, output: accountSchema },
  'account:sign-in': {
    input: z.object({ key: z.string().trim().min(1).max(4096), keep: z.enum(['keychain', 'session']) }),
    output: accountSchema,
  },
  'account:sign-out': { input: nothing, output: accountSchema },
  'recents:list': { input: nothing, output: z.array(recentSchema) },
  'recents:remove': { input: execution, output: z.array(recentSchema) },
  'recents:clear': { input: nothing, output: z.array(recentSchema) },
  /** Starts the embedded server if need be, and answers its runs. */
  'sample:list': { input: nothing, output: z.array(z.object({ executionId: z.string(), label: z.string() })) },
  'listing:open': { input: execution, output: listingSchema },
  'listing:refresh': { input: nothing, output: listingSchema },
  'listing:rows': {
    input: z.object({ generation: z.number().int(), from: rowNumber, to: rowNumber }),
    output: z.object({ from: z.number(), rows: z.array(rowSchema) }),
  },
  'listing:set-open': { input: inListing.extend({ open: z.boolean() }), output: listingSchema },
  'listing:sort': { input: sortSchema, output: listingSchema },
  'listing:details': { input: inListing, output: fileDetailsSchema },
  /** Downloads the nodes, or the whole run when there are none named; answers null when the person chose no folder. */
  'transfers:start': {
    input: z.object({
      generation: z.number().int(),
      nodes: z.array(z.number().int().min(0)).max(10_000),
      to: z.enum(['downloads', 'ask']),
    }),
    output: z.string().nullable(),
  },
  'transfers:list': { input: nothing, output: z.array(batchSchema) },
  'transfers:cancel': { input: z.object({ id: z.string() }), output: nothing },
  'transfers:clear-done': { input: nothing, output: nothing },
  'transfers:reveal': { input: z.object({ id: z.string() }), output: nothing },
} as const satisfies Record<string, CommandShape>

/** Everything main may tell the window unasked. */
export const events = {
  'transfers:changed': z.array(batchSchema),
} as const satisfies Record<string, z.ZodType>

export type Command = keyof typeof commands
export type Input<C extends Command> = z.input<(typeof commands)[C]['input']>
export type ParsedInput<C extends Command> = z.output<(typeof commands)[C]['input']>
export type Output<C extends Command> = z.output<(typeof commands)[C]['output']>
export type AppEvent = keyof typeof events
export type Payload<E extends AppEvent> = z.output<(typeof events)[E]>

/** What main must provide: one function a command. */
export type Handlers = { readonly [C in Command]: (input: ParsedInput<C>) => Promise<Output<C>> | Output<C> }

/** What the preload gives the window as `window.api`. */
export type Api = {
  readonly invoke: <C extends Command>(command: C, input: Input<C>) => Promise<Result<Output<C>>>
  /** Listens to an event; answers a function that stops listening. */
  readonly on: <E extends AppEvent>(event: E, listener: (payload: Payload<E>) => void) => () => void
  readonly platform: string
}
