import { errorCode } from '../../failure.ts'
import type { Logger } from '../../log/logger.ts'
import type { IndexHost } from '../thread/index-host.ts'
import { forgetKept } from './kept-listings.ts'

/** Keeps a listing on disk as it changes. */
export type Keeper = {
  /** Notes that there is a newer listing: keeps it now, or later where one was kept a moment ago. */
  readonly changed: () => void
  /** Notes that it is looked at in another way, which is kept along with the next listing, or at the end. */
  readonly viewChanged: () => void
  /** Keeps what is not kept yet, and settles once nothing is on its way to disk. Never throws. */
  readonly finish: () => Promise<void>
  /** Removes what is kept, also what is on its way to disk, and keeps nothing any more. Throws what the disk throws. */
  readonly forget: () => Promise<void>
}

/** Milliseconds between two times: a listing that is followed must not wear out the disk. */
const keepInterval = 60_000

/** A keeper for one listing's file; null keeps nothing. */
export function createKeeper(host: IndexHost, file: string | null, log: Logger): Keeper {
  let isListingKept = true
  let isViewKept = true
  let isForgotten = false
  let lastTime = 0
  let under: Promise<void> = Promise.resolve()

  async function keepNow(): Promise<void> {
    if (file === null || isForgotten || (isListingKept && isViewKept)) return
    const method = isListingKept ? 'keepView' : 'keep'
    if (!isListingKept) lastTime = Date.now()
    isListingKept = true
    isViewKept = true
    try {
      await host.call(method, file)
    } catch (thrown) {
      // Without it the run opens a little later next time, which is no reason to trouble anyone.
      log.warn('A listing could not be kept on disk', { code: errorCode(thrown) })
    }
  }
  function queued(): Promise<void> {
    under = under.then(keepNow)
    return under
  }

  return {
    changed() {
      isListingKept = false
      if (Date.now() - lastTime >= keepInterval) void queued()
    },
    viewChanged() {
      isViewKept = false
    },
    finish: queued,
    async forget() {
      isForgotten = true
      await under
      if (file !== null) await forgetKept(file)
    },
  }
}
