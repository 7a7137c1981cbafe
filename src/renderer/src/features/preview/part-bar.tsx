import { formatSize } from '../../format/size.ts'
import { Button } from '../../ui/button.tsx'
import styles from './preview.module.css'
import type { LoadedBytes } from './use-loaded-bytes.ts'

/** Says how much of a large file is on show, and loads more of it. */
export function PartBar({ loaded }: { readonly loaded: LoadedBytes }) {
  const { bytes, size, isComplete, isLoading, problem, loadMore } = loaded
  if (isComplete && !problem) return null
  const part = `First ${formatSize(bytes.length)}${size === null ? '' : ` of ${formatSize(size)}`}`
  return (
    <div className={styles.partBar} role="status">
      <span>{problem ?? part}</span>
      {isLoading && <span className={styles.quiet}>Loading…</span>}
      {loadMore && (
        <Button look="quiet" onPress={loadMore}>
          {problem ? 'Try again' : 'Load more'}
        </Button>
      )}
      {!loadMore && !isLoading && <span className={styles.quiet}>Download it to see the rest.</span>}
    </div>
  )
}
