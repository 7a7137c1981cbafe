import type { Output } from '../../../shared/contract.ts'
import { parseExecutionReference } from '../../../shared/execution-reference.ts'
import type { ExecutionKey, Recent } from '../../../shared/models/execution.ts'
import type { Slice } from './app-store.ts'

export type SampleRuns = Output<'sample:list'>

export type ExecutionsSlice = {
  readonly recents: readonly Recent[]
  readonly sampleRuns: SampleRuns
  readonly loadRecents: () => Promise<void>
  /** Opens the execution that a text means; answers whether it means one. */
  readonly openReference: (text: string) => boolean
  readonly exploreSample: () => Promise<void>
  readonly pin: (execution: ExecutionKey, pinned: boolean) => Promise<void>
  readonly removeRecent: (execution: ExecutionKey) => Promise<void>
  readonly clearRecents: () => Promise<void>
}

export const executionsSlice: Slice<ExecutionsSlice> = (api) => (set, get) => {
  const change = async (answer: ReturnType<typeof api.invoke<'recents:list'>>) => {
    const result = await answer
    if (result.ok) set({ recents: result.value })
    else get().report(result.error)
  }
  return {
    recents: [],
    sampleRuns: [],
    loadRecents: () => change(api.invoke('recents:list', undefined)),
    openReference: (text) => {
      const executionId = parseExecutionReference(text)
      if (executionId === null) return false
      const isSample = get().sampleRuns.some((run) => run.executionId === executionId)
      void get().openExecution({ executionId, source: isSample ? 'sample' : 'account' })
      return true
    },
    exploreSample: async () => {
      const answer = await api.invoke('sample:list', undefined)
      if (!answer.ok) return get().report(answer.error)
      set({ sampleRuns: answer.value })
      const first = answer.value[0]
      if (first) await get().openExecution({ executionId: first.executionId, source: 'sample' })
    },
    pin: ({ executionId, source }, pinned) =>
      change(api.invoke('recents:pin', { key: { executionId, source }, pinned })),
    removeRecent: ({ executionId, source }) => change(api.invoke('recents:remove', { executionId, source })),
    clearRecents: () => change(api.invoke('recents:clear', undefined)),
  }
}
