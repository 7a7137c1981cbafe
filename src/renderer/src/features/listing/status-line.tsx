import { ArrowUpDown, Download } from 'lucide-react'
import { isOver } from '../../../../shared/ended.ts'
import type { Listing } from '../../../../shared/models/listing.ts'
import { formatCount } from '../../format/count.ts'
import { formatNumber, formatSize } from '../../format/size.ts'
import { formatAgo, formatFullTime } from '../../format/time.ts'
import { isFiltering } from '../../store/listing.ts'
import { useApp } from '../../store/store-context.tsx'
import { useNow } from '../../ui/use-now.ts'
import hidden from '../../ui/visually-hidden.module.css'
import styles from './status-line.module.css'

/** Selection, counts and sizes, and how old they are; the way to the transfers at its end. */
export function StatusLine() {
  const listing = useApp((state) => state.listing)
  const running = useApp((state) => state.batches.filter(({ status }) => !isOver(status)).length)
  const isOpen = useApp((state) => state.settings?.layout.transfersOpen === true)
  const run = useApp((state) => state.run)
  const now = useNow()
  const shown = listing && listing.loadedAt > 0 ? listing : null
  return (
    <footer className={styles.line}>
      {shown && (
        <>
          <p role="status" className={styles.counts}>
            {countWords(shown)}
          </p>
          {shown.selection.fileCount > 0 && shown.selection.count > 1 && (
            <button type="button" className={styles.action} onClick={() => run('download')}>
              <Download size={13} aria-hidden />
              Download selection
            </button>
          )}
          <span className={styles.space} />
          <p className={styles.age} title={formatFullTime(shown.loadedAt)}>
            {ageWords(shown, now)}
          </p>
        </>
      )}
      {!shown && <span className={styles.space} />}
      <button type="button" className={styles.action} aria-expanded={isOpen} onClick={() => run('toggle-transfers')}>
        <ArrowUpDown size={13} aria-hidden />
        Transfers
        {running > 0 && (
          <span className={styles.badge}>
            {formatNumber(running)}
            <span className={hidden.hidden}> running</span>
          </span>
        )}
      </button>
    </footer>
  )
}

function countWords(listing: Listing): string {
  const { selection, filter } = listing
  const parts: string[] = []
  if (selection.count > 0) {
    parts.push(`${formatNumber(selection.count)} selected, ${formatSize(selection.size)}`)
  }
  if (isFiltering(filter)) {
    parts.push(
      `${formatNumber(listing.matchCount)} of ${formatCount(listing.fileCount, 'file')}, ${formatSize(listing.matchSize)}`,
    )
  } else {
    parts.push(`${formatCount(listing.fileCount, 'file')}, ${formatSize(listing.totalSize)}`)
  }
  if (listing.unknownSizes > 0) parts.push(`${formatNumber(listing.unknownSizes)} of unknown size`)
  return parts.join(' · ')
}

function ageWords(listing: Listing, now: number): string {
  if (listing.loading)
    return listing.loading.files > 0 ? `${formatCount(listing.loading.files, 'file')} so far…` : 'Loading…'
  const { added, changed, gone } = listing.changes
  const found = [
    added > 0 && `${formatNumber(added)} new`,
    changed > 0 && `${formatNumber(changed)} changed`,
    gone > 0 && `${formatNumber(gone)} gone`,
  ].filter(Boolean)
  return [...found, `Updated ${formatAgo(listing.loadedAt, now)}`].join(' · ')
}
