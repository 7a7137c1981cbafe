import type { Command, Input, Output } from '../../../shared/contract.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { Nodes } from '../../../shared/models/listing.ts'
import type { Batch, ConflictPolicy } from '../../../shared/models/transfer.ts'
import type { Slice } from './app-store.ts'

type OfTransfer = Input<'transfers:pause'>
/** What can be done to a batch or to one file of it. */
export type TransferVerb = 'pause' | 'resume' | 'cancel' | 'retry' | 'try-now' | 'reveal' | 'open'
export type StartTransfer = Pick<Input<'transfers:start'>, 'to' | 'as'>

export type TransfersSlice = {
  readonly batches: readonly Batch[]
  readonly loadTransfers: () => Promise<void>
  readonly startTransfer: (files: Nodes, how: StartTransfer) => Promise<void>
  readonly changeTransfer: (verb: TransferVerb, transfer: OfTransfer) => Promise<void>
  readonly changeAllTransfers: (verb: 'pause-all' | 'resume-all' | 'try-all-now' | 'clear-done') => Promise<void>
  readonly answerConflict: (id: string, policy: ConflictPolicy, forAll: boolean, remember: boolean) => Promise<void>
  /** A window of one batch's files; null when it is gone. */
  readonly transferFiles: (asked: Input<'transfers:files'>) => Promise<Output<'transfers:files'> | null>
}

export const transfersSlice: Slice<TransfersSlice> = (api) => (set, get) => {
  const done = async (answer: ReturnType<typeof api.invoke<Command>>) => {
    const result = await answer
    if (!result.ok) get().report(result.error satisfies AppError)
  }
  return {
    batches: [],
    loadTransfers: async () => {
      const answer = await api.invoke('transfers:list', undefined)
      if (answer.ok) set({ batches: answer.value })
      else get().report(answer.error)
    },
    startTransfer: async (files, how) => {
      const { listing } = get()
      if (!listing) return
      const answer = await api.invoke('transfers:start', { listing: listing.listing, files, ...how })
      if (!answer.ok) get().report(answer.error)
      else if (answer.value !== null) get().changeLayout({ transfersOpen: true })
    },
    changeTransfer: (verb, transfer) => done(api.invoke(`transfers:${verb}`, transfer)),
    changeAllTransfers: (verb) => done(api.invoke(`transfers:${verb}`, undefined)),
    answerConflict: (id, policy, forAll, remember) =>
      done(api.invoke('transfers:answer-conflict', { id, policy, forAll, remember })),
    transferFiles: async (asked) => {
      const answer = await api.invoke('transfers:files', asked)
      return answer.ok ? answer.value : null
    },
  }
}
