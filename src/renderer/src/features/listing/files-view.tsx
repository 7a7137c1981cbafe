import { FolderOpen, SearchX } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatCount } from '../../format/count.ts'
import { isFiltering, isUnavailable } from '../../store/listing.ts'
import { useApp } from '../../store/store-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Banners } from './banner.tsx'
import { FileTree, type RowDrag } from './file-tree.tsx'
import styles from './files-view.module.css'
import { FilterBar } from './filter-bar.tsx'
import { ProblemPane } from './problem-pane.tsx'
import { Skeleton } from './skeleton.tsx'

type FilesViewProps = {
  readonly platform: string
  readonly keyForm: ReactNode
  readonly onCopy: (text: string) => void
  readonly drag?: RowDrag | undefined
}

/** The files of the run that is open, or on its way, or could not be had. */
export function FilesView({ platform, keyForm, onCopy, drag }: FilesViewProps) {
  const opening = useApp((state) => state.opening)
  const listing = useApp((state) => state.listing)
  const cancelLoading = useApp((state) => state.cancelLoading)

  if (opening.state === 'failed') {
    const { error, execution } = opening
    return <ProblemPane error={error} executionId={execution.executionId} keyForm={keyForm} onCopy={onCopy} />
  }
  if (!listing) return <Skeleton words="Opening the run…" />
  if (isUnavailable(listing) && listing.problem) {
    return <ProblemPane error={listing.problem} executionId={listing.executionId} keyForm={keyForm} onCopy={onCopy} />
  }
  if (listing.loadedAt === 0 && listing.loading) {
    const { files } = listing.loading
    return (
      <Skeleton
        words={files > 0 ? `${formatCount(files, 'file')} so far…` : 'Asking for the run’s files…'}
        onStop={cancelLoading}
      />
    )
  }
  return (
    <>
      <FilterBar platform={platform} />
      <Banners />
      <div className={styles.files}>
        <FileTree key={listing.listing} platform={platform} drag={drag} />
        {isFiltering(listing.filter) && listing.matchCount === 0 && <NothingMatches />}
        {listing.fileCount === 0 && !isFiltering(listing.filter) && <EmptyRun />}
      </div>
    </>
  )
}

function NothingMatches() {
  const run = useApp((state) => state.run)
  return (
    <div className={styles.note} role="status">
      <SearchX size={24} strokeWidth={1.5} aria-hidden />
      <p>No file matches.</p>
      <Button onPress={() => run('clear-filter')}>Clear search and filters</Button>
    </div>
  )
}

function EmptyRun() {
  const run = useApp((state) => state.run)
  const isGoingOn = useApp(({ listing }) => listing?.following === true)
  return (
    <div className={styles.note} role="status">
      <FolderOpen size={24} strokeWidth={1.5} aria-hidden />
      <p>This run has no files{isGoingOn ? ' yet. New ones appear here by themselves.' : '.'}</p>
      {!isGoingOn && <Button onPress={() => run('refresh')}>Ask again</Button>}
    </div>
  )
}
