import type { Output } from '../../../shared/contract.ts'
import { parseExecutionReference } from '../../../shared/execution-reference.ts'
import type { ExecutionKey, Recent } from '../../../shared/models/execution.ts'
import { isSameExecution } from '../../../shared/same-execution.ts'
import type { AppState, Slice } from './app-store.ts'

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

/** What a run is called: a sample by its own name, another by its agent's, or else by its short id. */
export function runName(
  { executionId, source, label, info }: Pick<Recent, 'executionId' | 'source' | 'info'> & Partial<Recent>,
  sampleRuns: SampleRuns,
): string {
  const sample = source === 'sample' ? sampleRuns.find((run) => run.executionId === executionId)?.label : undefined
  return sample ?? info?.agentName ?? label ?? executionId.slice(0, 8)
}

/** What the open run's agent and state are, or were when it was last asked; null where nobody ever told. */
export function openRunInfo({ listing, recents }: Pick<AppState, 'listing' | 'recents'>): Recent['info'] {
  if (!listing) return null
  return listing.info ?? recents.find((each) => isSameExecution(each, listing))?.info ?? null
}

/** What the open run is called, as in the list of runs; null where none is open. */
export function openRunName(state: Pick<AppState, 'listing' | 'recents' | 'sampleRuns'>): string | null {
  const { listing, sampleRuns } = state
  return listing && runName({ ...listing, info: openRunInfo(state) }, sampleRuns)
}

export const executionsSlice: Slice<ExecutionsSlice> = (api) => (set, get) => {
  const change = async (answer: ReturnType<typeof api.invoke<'recents:list'>>) => {
    const result = await answer
    if (result.ok) set({ recents: result.value })
    else get().report(result.error)
  }
  const loadSampleRuns = async () => {
    const answer = await api.invoke('sample:list', undefined)
    if (answer.ok) set({ sampleRuns: answer.value })
    else get().report(answer.error)
  }
  return {
    recents: [],
    sampleRuns: [],
    loadRecents: async () => {
      await change(api.invoke('recents:list', undefined))
      // Names of samples are not kept; the samples are asked for them.
      if (get().recents.some(({ source }) => source === 'sample')) await loadSampleRuns()
    },
    openReference: (text) => {
      const executionId = parseExecutionReference(text)
      if (executionId === null) return false
      const isSample = get().sampleRuns.some((run) => run.executionId === executionId)
      void get().openExecution({ executionId, source: isSample ? 'sample' : 'account' })
      return true
    },
    exploreSample: async () => {
      await loadSampleRuns()
      const [first] = get().sampleRuns
      if (first) await get().openExecution({ executionId: first.executionId, source: 'sample' })
    },
    pin: ({ executionId, source }, pinned) =>
      change(api.invoke('recents:pin', { key: { executionId, source }, pinned })),
    removeRecent: ({ executionId, source }) => change(api.invoke('recents:remove', { executionId, source })),
    clearRecents: () => change(api.invoke('recents:clear', undefined)),
  }
}
