import { formatWait } from '../../format/time.ts'
import { useApp } from '../../store/store-context.tsx'
import { useNow } from '../../ui/use-now.ts'

/** Says when the files are asked for again by themselves. */
export function RetryCountdown() {
  const retryAt = useApp((state) => state.retryAt)
  const now = useNow(1_000)
  if (retryAt === null) return 'Trying again…'
  return `Trying again in ${formatWait((retryAt - now) / 1_000)}.`
}
