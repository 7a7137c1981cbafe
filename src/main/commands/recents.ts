import type { Output } from '../../shared/contract.ts'
import type { ExecutionKey } from '../../shared/models/execution.ts'
import type { Recents } from '../recents.ts'
import type { HandlersOf } from './handlers-of.ts'

export type RecentsParts = {
  readonly recents: Recents
  readonly sampleRuns: () => Promise<Output<'sample:list'>>
  /** Forgets the listings that are kept on this computer, of all executions or of one. */
  readonly clearCache: (execution?: ExecutionKey) => Promise<void>
}

export function recentsCommands(parts: RecentsParts): HandlersOf<'recents' | 'sample'> {
  const { recents, sampleRuns, clearCache } = parts
  return {
    'recents:list': () => [...recents.list()],
    'recents:pin': ({ key, pinned }) => [...recents.pin(key, pinned)],
    'recents:remove': async (key) => {
      await clearCache(key)
      return [...recents.remove(key)]
    },
    'recents:clear': async () => {
      await clearCache()
      return [...recents.clear()]
    },
    'sample:list': () => sampleRuns(),
  }
}
