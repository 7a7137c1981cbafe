import type { AppState, AppStore } from './app-store.ts'

const pauseMilliseconds = 500

/**
 * Acts when files have been downloaded, at most twice a second: while a batch of small files runs, news of it comes more
 * often than what depends on it needs to be asked for anew. Answers how to stop.
 */
export function watchDownloads(store: AppStore, act: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = store.subscribe((now, before) => {
    if (now.batches === before.batches || doneCountOf(now) === doneCountOf(before)) return
    timer ??= setTimeout(() => {
      timer = undefined
      act()
    }, pauseMilliseconds)
  })
  return () => {
    stop()
    clearTimeout(timer)
  }
}

function doneCountOf({ batches }: AppState): number {
  return batches.reduce((sum, { doneCount }) => sum + doneCount, 0)
}
