import { FolderOpen, Pause, Play, RotateCw, SquareArrowOutUpRight, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { canBeTried, isOver } from '../../../../shared/ended.ts'
import type { Batch, Transfer, TransferChoice } from '../../../../shared/models/transfer.ts'
import { formatCount } from '../../format/count.ts'
import { visibleName } from '../../format/name.ts'
import { formatNumber } from '../../format/size.ts'
import { useApp } from '../../store/store-context.tsx'
import { IconButton } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { LongName } from '../../ui/long-name.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import { useKeptFocus } from '../../ui/use-kept-focus.ts'
import { useVirtualRows } from '../../ui/use-virtual-rows.ts'
import styles from './batch-files.module.css'
import { savedAs, transferWords } from './state-words.ts'

const rowHeight = 28
const mostRowsInView = 5

type Loaded = {
  readonly from: number
  readonly total: number
  readonly transfers: readonly Transfer[]
}
type BatchFilesProps = { readonly batch: Batch; readonly now: number }

/** The files of one batch, those that need a look first; of many, those that failed or were renamed can be seen alone. */
export function BatchFiles({ batch, now }: BatchFilesProps) {
  const [chosen, setOnly] = useState<TransferChoice>('all')
  const { failedCount, renamedCount, fileCount } = batch
  const choices = (['failed', 'renamed'] as const).filter((choice) => countOf(batch, choice) > 0)
  const only = choices.find((choice) => choice === chosen) ?? 'all'
  const isChoice = fileCount > mostRowsInView && choices.length > 0
  const words = {
    all: formatCount(fileCount, 'file'),
    failed: `${formatNumber(failedCount)} failed`,
    renamed: `${formatNumber(renamedCount)} renamed`,
  }
  return (
    <div className={styles.files}>
      {isChoice && (
        <ToggleGroup
          label={`Which files of ${visibleName(batch.title)}`}
          value={only}
          choices={(['all', ...choices] as const).map((choice) => [choice, words[choice]])}
          onChange={setOnly}
        />
      )}
      <FileList key={only} batch={batch} now={now} only={only} />
    </div>
  )
}

function countOf({ fileCount, failedCount, renamedCount }: Batch, only: TransferChoice): number {
  return only === 'failed' ? failedCount : only === 'renamed' ? renamedCount : fileCount
}

/**
 * A window of rows at a time. Of a large batch, files that came long ago or are not to come soon are only counted, in a line
 * of their own at the end.
 */
function FileList({ batch, now, only }: BatchFilesProps & { readonly only: TransferChoice }) {
  const load = useApp((state) => state.transferFiles)
  const [loaded, setLoaded] = useState<Loaded>({ from: 0, total: countOf(batch, only), transfers: [] })
  const scroller = useRef<HTMLDivElement>(null)
  const unlisted = Math.max(0, countOf(batch, only) - loaded.total)
  const rowCount = loaded.total + (unlisted > 0 ? 1 : 0)
  const rows = useVirtualRows({ scroller, rowCount, rowHeight })
  const { id } = batch
  const { from, to } = rows

  // The batch is a new object at each of its changes, and its files are then read again.
  useEffect(() => {
    let isStale = false
    void load({ id: batch.id, from, to: Math.min(to, from + 1_000), only }).then((answer) => {
      if (answer && !isStale) setLoaded(answer)
    })
    return () => {
      isStale = true
    }
  }, [load, batch, from, to, only])

  return (
    <section
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard.
      tabIndex={0}
      aria-label={`Files of ${visibleName(batch.title)}`}
      className={styles.list}
      style={{ height: Math.min(Math.max(rowCount, 1), mostRowsInView) * rowHeight }}
    >
      <ul className={styles.body} style={{ height: rows.elementHeight }}>
        {loaded.transfers.map((transfer, step) => (
          <li
            key={transfer.index}
            className={styles.row}
            style={{ transform: `translateY(${rows.topOf(loaded.from + step)}px)` }}
          >
            <PathCell transfer={transfer} />
            <StateCell transfer={transfer} now={now} />
            {transfer.status.state === 'running' && (
              <ProgressBar
                label={visibleName(transfer.path)}
                value={transfer.size ? transfer.received / transfer.size : null}
              />
            )}
            {/* An archive is one thing: nothing can be done to a file in it alone. */}
            {batch.kind !== 'archive' && <TransferActions id={id} transfer={transfer} />}
          </li>
        ))}
        {unlisted > 0 && to > loaded.total && (
          <li className={styles.row} style={{ transform: `translateY(${rows.topOf(loaded.total)}px)` }}>
            <span className={styles.unlisted}>
              and {formatCount(unlisted, 'more file')} that {unlistedWords(batch, only)}
            </span>
          </li>
        )}
      </ul>
    </section>
  )
}

/** What is not listed of so many: of those that came only the last, and of those to come only the next. */
function unlistedWords({ status }: Batch, only: TransferChoice): string {
  if (only === 'failed') return 'failed'
  if (only === 'renamed') return 'came under another name'
  return status.state === 'done' || status.state === 'failed' ? 'came' : 'came before or come later'
}

function PathCell({ transfer }: { readonly transfer: Transfer }) {
  const path = visibleName(transfer.path)
  const place = savedAs(transfer)
  return (
    <span className={styles.path} title={place === null ? path : `${path}\nsaved as ${visibleName(transfer.target)}`}>
      <LongName name={transfer.path} />
      {place !== null && <span className={styles.renamed}>saved as {visibleName(place)}</span>}
    </span>
  )
}

function StateCell({ transfer, now }: { readonly transfer: Transfer; readonly now: number }) {
  const { state } = transfer.status
  const words = transferWords(transfer, now)
  return (
    <span
      className={classes(styles.state, state !== 'running' && styles.alone, state === 'failed' && styles.failed)}
      title={words}
    >
      {words}
    </span>
  )
}

function TransferActions({ id, transfer }: { readonly id: string; readonly transfer: Transfer }) {
  const change = useApp((state) => state.changeTransfer)
  const { status, index } = transfer
  const path = visibleName(transfer.path)
  const of = { id, index }
  const kept = useKeptFocus<HTMLSpanElement>()
  return (
    <span className={styles.actions} {...kept}>
      {status.state === 'done' && (
        <>
          <IconButton
            size="small"
            label={`Open ${path}`}
            icon={<SquareArrowOutUpRight size={13} />}
            onPress={() => void change('open', of)}
          />
          <IconButton
            size="small"
            label={`Show ${path} in its folder`}
            icon={<FolderOpen size={13} />}
            onPress={() => void change('reveal', of)}
          />
        </>
      )}
      {canBeTried(status) && (
        <IconButton
          size="small"
          label={`Try ${path} now`}
          icon={<RotateCw size={13} />}
          onPress={() => void change('try-now', of)}
        />
      )}
      {(status.state === 'failed' || status.state === 'cancelled') && (
        <IconButton
          size="small"
          label={`Try ${path} again`}
          icon={<RotateCw size={13} />}
          onPress={() => void change('retry', of)}
        />
      )}
      {status.state === 'paused' && (
        <IconButton
          size="small"
          label={`Resume ${path}`}
          icon={<Play size={13} />}
          onPress={() => void change('resume', of)}
        />
      )}
      {(status.state === 'running' || status.state === 'queued') && (
        <IconButton
          size="small"
          label={`Pause ${path}`}
          icon={<Pause size={13} />}
          onPress={() => void change('pause', of)}
        />
      )}
      {!isOver(status) && (
        <IconButton
          size="small"
          label={`Cancel ${path}`}
          icon={<X size={13} />}
          onPress={() => void change('cancel', of)}
        />
      )}
    </span>
  )
}
