import { File, Folder, Lock } from 'lucide-react'
import { useCallback, useMemo } from 'react'
import { formatCount } from '../../format/count.ts'
import { visibleName } from '../../format/name.ts'
import { formatSize } from '../../format/size.ts'
import { formatFullTime } from '../../format/time.ts'
import { classes } from '../../ui/classes.ts'
import type { ArchiveEntry } from './archive-entry.ts'
import styles from './archive-view.module.css'
import { PartBar } from './part-bar.tsx'
import shared from './preview.module.css'
import { type Archive, useArchive } from './use-archive.ts'
import type { ViewProps } from './view-props.ts'
import { VirtualList } from './virtual-list.tsx'

/** What an archive holds: nothing is unpacked to disk. */
export function ArchiveView({ reader, head, name, fallBack }: ViewProps) {
  const onProblem = useCallback((sentence: string) => fallBack('bytes', sentence), [fallBack])
  const archive = useArchive(reader, head, name, onProblem)
  const entries = archive?.entries
  const summary = useMemo(() => entries && summarise(entries), [entries])
  if (!archive) return <p className={shared.sentence}>Reading the archive…</p>
  return (
    <div className={shared.view}>
      <div className={shared.tools}>
        <span className={shared.quiet}>{archive.rest === 'none' ? summary : `${summary} so far`}</span>
      </div>
      <VirtualList label={`Contents of ${name}`} count={archive.entries.length} rowHeight={24}>
        {(index) => <Entry entry={archive.entries[index]} />}
      </VirtualList>
      <ArchiveBar archive={archive} size={head.size} />
    </div>
  )
}

function Entry({ entry }: { readonly entry: ArchiveEntry | undefined }) {
  if (!entry) return null
  const Icon = entry.isLocked ? Lock : entry.isFolder ? Folder : File
  const name = visibleName(entry.name)
  return (
    <div className={styles.entry}>
      <Icon size={14} aria-hidden />
      <span className={styles.name} title={name}>
        {name}
      </span>
      <span className={classes(shared.quiet, styles.time)}>
        {entry.updatedAt === null ? '' : formatFullTime(entry.updatedAt)}
      </span>
      <span className={styles.size}>{entry.size === null || entry.isFolder ? '' : formatSize(entry.size)}</span>
    </div>
  )
}

/** Says how much of the archive is listed, and lists more of it. */
function ArchiveBar({ archive, size }: { readonly archive: Archive; readonly size: number | null }) {
  const { entries, rest, reached, isLoading, problem, loadMore } = archive
  if (rest === 'none' && !problem) return null
  const whole = size === null ? '' : ` of ${formatSize(size)}`
  const part = `First ${formatCount(entries.length, 'entry', 'entries')}`
  const where = reached === null ? part : `${part}, of the first ${formatSize(reached)}${whole}`
  return (
    <PartBar
      part={where}
      isLoading={isLoading}
      problem={problem}
      loadMore={rest === 'more' ? loadMore : null}
      advice={rest === 'cut' ? 'The rest can’t be listed here. Download it to open it.' : null}
    />
  )
}

function summarise(entries: readonly ArchiveEntry[]): string {
  const files = entries.filter((entry) => !entry.isFolder)
  const size = files.reduce((sum, file) => sum + (file.size ?? 0), 0)
  return `${formatCount(files.length, 'file')}, ${formatSize(size)} unpacked`
}
