import { vi } from 'vitest'
import { createAppStore } from '../store/app-store.ts'
import { start } from '../store/start.ts'
import { createFakeApi, type FakeApiOptions, sampleExecutionId } from './fake-api.ts'

export const aRun = { executionId: sampleExecutionId, source: 'sample' } as const

/** A few files in each place, for tests that need no more. */
export const fewFiles = [
  { path: 'uploads/notes.txt', size: 10 },
  { path: 'workspace/report.csv', size: 300 },
  { path: 'workspace/pages/one.html', size: 20 },
  { path: 'workspace/pages/two.html', size: 40 },
]

/** A store that has started over a fake api, and has opened a run of some files. */
export async function openRun(options: FakeApiOptions = {}) {
  const fake = createFakeApi({ files: fewFiles, ...options })
  const store = createAppStore(fake.api)
  await start(fake.api, store)
  await store.getState().openExecution(aRun)
  await vi.waitUntil(() => store.getState().pages.size > 0)
  return { fake, store, state: store.getState }
}
