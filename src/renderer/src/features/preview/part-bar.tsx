import { formatSize } from '../../format/size.ts'
import { Button } from '../../ui/button.tsx'
import styles from './part-bar.module.css'
import shared from './preview.module.css'
import type { LoadedBytes } from './use-loaded-bytes.ts'

type PartBarProps = {
  /** How much is on show. */
  readonly part: string
  readonly isLoading: boolean
  readonly problem: string | null
  /** Loads more; null when no more can be. */
  readonly loadMore: (() => void) | null
  /** What to do for the rest, where it can't be loaded. */
  readonly advice: string | null
}

/** Says how much of something long is on show, and loads more of it. */
export function PartBar({ part, isLoading, problem, loadMore, advice }: PartBarProps) {
  return (
    <div className={styles.bar} role="status">
      <span>{problem ?? part}</span>
      {isLoading && <span className={shared.quiet}>Loading…</span>}
      {loadMore && !isLoading && (
        <Button look="quiet" onPress={loadMore}>
          {problem ? 'Try again' : 'Load more'}
        </Button>
      )}
      {!loadMore && !isLoading && advice && <span className={shared.quiet}>{advice}</span>}
    </div>
  )
}

/** Says how much of a large file is on show; nothing once that is all of it. */
export function LoadedBar({ loaded }: { readonly loaded: LoadedBytes }) {
  const { bytes, size, isComplete } = loaded
  if (isComplete && !loaded.problem) return null
  const part = `First ${formatSize(bytes.length)}${size === null ? '' : ` of ${formatSize(size)}`}`
  return <PartBar {...loaded} part={part} advice="Download it to see the rest." />
}
