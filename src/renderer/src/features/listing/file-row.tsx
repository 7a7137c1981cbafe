import { ChevronRight } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import type { Column, Row } from '../../../../shared/models/listing.ts'
import { formatCount } from '../../format/count.ts'
import { formatCreator } from '../../format/creator.ts'
import { endOfName, visibleName } from '../../format/name.ts'
import { formatNumber, formatSize } from '../../format/size.ts'
import { formatDate, formatFullTime } from '../../format/time.ts'
import { formatType } from '../../format/type.ts'
import { isEmptyFolder } from '../../store/rows.ts'
import { classes } from '../../ui/classes.ts'
import { FileIcon } from '../../ui/file-icon.tsx'
import hidden from '../../ui/visually-hidden.module.css'
import styles from './file-row.module.css'
import { StagedMark } from './staged-mark.tsx'

type FileRowProps = {
  readonly row: Row
  readonly index: number
  readonly top: number
  readonly columns: readonly Column[]
  readonly isFocused: boolean
  /** The row above it is selected too, or the one below. */
  readonly isJoinedAbove: boolean
  readonly isJoinedBelow: boolean
  readonly isDraggable: boolean
  readonly now: number
}

const cellPadding = 8
const indentWidth = 16
/** A file's name stands below that of a folder, which has a chevron before it. */
const chevronWidth = 14
const openChevron = <ChevronRight size={14} className={styles.turned} />
const closedChevron = <ChevronRight size={14} />
const changeWords = { new: 'new', changed: 'changed', gone: 'gone' } as const

type Cell = {
  readonly className: string | undefined
  readonly words: (row: Row, now: number) => string
  readonly title: (row: Row) => string | undefined
}

/** The columns beside the name; made once, since a row that comes is to make as little as can be. */
const cells: Readonly<Record<Exclude<Column, 'name'>, Cell>> = {
  size: {
    className: classes(styles.words, styles.size),
    words(row) {
      if (row.kind !== 'file' && isEmptyFolder(row)) return ''
      return row.size === null ? '–' : formatSize(row.size)
    },
    title(row) {
      if (row.kind !== 'file' && isEmptyFolder(row)) return
      if (row.size === null) return 'The API did not say'
      return row.kind === 'file' ? undefined : formatCount(row.fileCount, 'file')
    },
  },
  updatedAt: {
    className: classes(styles.words, styles.updatedAt),
    words: ({ updatedAt }, now) => (updatedAt === null ? '' : formatDate(updatedAt, now)),
    title: ({ updatedAt }) => (updatedAt === null ? undefined : formatFullTime(updatedAt)),
  },
  createdBy: {
    className: classes(styles.words, styles.createdBy),
    words: ({ createdBy }) => (createdBy ? formatCreator(createdBy) : ''),
    title: () => undefined,
  },
  mimeType: {
    className: classes(styles.words, styles.mimeType),
    words: ({ kind, name, mimeType }) => (kind === 'file' ? formatType(name, mimeType) : ''),
    title: ({ kind, mimeType }) => (kind === 'file' ? (mimeType ?? undefined) : undefined),
  },
}

/** The element id of a row, for the list to name its active one. */
export function rowElementId(index: number): string {
  return `file-row-${index}`
}

/** One file or folder. What is done to it is heard by the list, which knows the row by its index. */
export const FileRow = memo(function FileRow(props: FileRowProps) {
  const { row, index, top, columns, isFocused, isJoinedAbove, isJoinedBelow, isDraggable, now } = props
  const isFolder = row.kind !== 'file'
  const isEmpty = isFolder && isEmptyFolder(row)
  return (
    <div
      role="row"
      id={rowElementId(index)}
      aria-rowindex={index + 2}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.setSize}
      aria-selected={row.selected}
      aria-expanded={isFolder ? row.open : undefined}
      data-row={index}
      draggable={isDraggable}
      className={classes(
        styles.row,
        row.selected && styles.selected,
        isJoinedAbove && styles.joinedAbove,
        isJoinedBelow && styles.joinedBelow,
        isFocused && styles.focused,
        isEmpty && styles.empty,
        row.change === 'gone' && styles.gone,
      )}
      style={{ transform: `translateY(${top}px)` }}
    >
      {columns.map((column) =>
        column === 'name' ? (
          <NameCell key={column} row={row} />
        ) : (
          <div role="gridcell" key={column} className={cells[column].className} title={cells[column].title(row)}>
            {cells[column].words(row, now)}
          </div>
        ),
      )}
    </div>
  )
})

function NameCell({ row }: { readonly row: Row }) {
  const isFolder = row.kind !== 'file'
  // Files stand in directories, so one at the top is in a flat list.
  const isFlat = !isFolder && row.level === 1
  const indent = (row.level - 1) * indentWidth + (isFolder || isFlat ? 0 : chevronWidth)
  return (
    <div role="gridcell" className={styles.cell} style={{ paddingLeft: cellPadding + indent }}>
      {isFolder && (
        <span data-toggle className={styles.chevron} aria-hidden>
          {!isEmptyFolder(row) && (row.open ? openChevron : closedChevron)}
        </span>
      )}
      <FileIcon kind={row.kind} name={row.name} mimeType={row.mimeType} open={row.open} />
      <Name row={row} />
      {isFlat && <span className={styles.folder}>{visibleName(row.path.slice(0, -row.name.length - 1))}</span>}
      {isFolder && (
        <span className={styles.count}>
          <Count row={row} />
        </span>
      )}
      {row.selected && <StagedMark node={row.node} />}
      {row.change && <span className={classes(styles.change, styles[row.change])}>{changeWords[row.change]}</span>}
    </div>
  )
}

/** Under a filter, of how many files how many match. */
function Count({ row }: { readonly row: Row }) {
  if (isEmptyFolder(row)) return 'empty'
  const all = row.fileCount + row.hiddenCount
  return (
    <>
      {row.hiddenCount > 0 && `${formatNumber(row.fileCount)} of `}
      {formatNumber(all)}
      <span className={hidden.hidden}> {all === 1 ? 'file' : 'files'}</span>
    </>
  )
}

/** A long name keeps its end, which most often tells it from its neighbours. */
function Name({ row }: { readonly row: Row }) {
  const name = visibleName(row.name)
  const title = visibleName(row.path)
  const cut = endOfName(name)
  if (cut === name.length)
    return (
      <span className={styles.name} title={title}>
        {highlighted(name, row.matches, 0, cut)}
      </span>
    )
  return (
    <>
      {/* Read as one word, which its two parts would not be. */}
      <span className={hidden.hidden}>{name}</span>
      <span className={styles.longName} title={title} aria-hidden>
        <span className={styles.start}>{highlighted(name, row.matches, 0, cut)}</span>
        <span className={styles.end}>{highlighted(name, row.matches, cut, name.length)}</span>
      </span>
    </>
  )
}

function highlighted(name: string, matches: Row['matches'], start: number, end: number): ReactNode {
  const parts: ReactNode[] = []
  let at = start
  for (const match of matches) {
    const from = Math.max(match[0], at)
    const to = Math.min(match[1], end)
    if (from >= to) continue
    parts.push(name.slice(at, from), <mark key={from}>{name.slice(from, to)}</mark>)
    at = to
  }
  return [...parts, name.slice(at, end)]
}

/** Stands where a row is on its way. */
export const WaitingRow = memo(function WaitingRow({ index, top }: { readonly index: number; readonly top: number }) {
  return (
    <div
      role="row"
      id={rowElementId(index)}
      aria-rowindex={index + 2}
      className={styles.row}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div role="gridcell" className={styles.cell}>
        <span className={hidden.hidden}>Loading</span>
        <span className={styles.bone} style={{ width: 80 + ((index * 37) % 120) }} />
      </div>
    </div>
  )
})
