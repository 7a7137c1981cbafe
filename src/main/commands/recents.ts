import type { Output } from '../../shared/contract.ts'
import type { Recents } from '../recents.ts'
import type { HandlersOf } from './handlers-of.ts'

export type RecentsParts = {
  readonly recents: Recents
  readonly sampleRuns: () => Promise<Output<'sample:list'>>
  /** Forgets the listings that are kept on this computer. */
  readonly clearCache: () => Promise<void>
}

export function recentsCommands(parts: RecentsParts): HandlersOf<'recents' | 'sample'> {
  const { recents, sampleRuns, clearCache } = parts
  return {
    'recents:list': () => [...recents.list()],
    'recents:pin': ({ key, pinned }) => [...recents.pin(key, pinned)],
    'recents:remove': (key) => [...recents.remove(key)],
    'recents:clear': async () => {
      await clearCache()
      return [...recents.clear()]
    },
    'sample:list': () => sampleRuns(),
  }
}
