import { FolderOpen, Pause, Play, RotateCw, SquareArrowOutUpRight, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { canBeTried, isOver } from '../../../../shared/ended.ts'
import type { Batch, Transfer } from '../../../../shared/models/transfer.ts'
import { formatCount } from '../../format/count.ts'
import { visibleName } from '../../format/name.ts'
import { useApp } from '../../store/store-context.tsx'
import { IconButton } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { useKeptFocus } from '../../ui/use-kept-focus.ts'
import { useVirtualRows } from '../../ui/use-virtual-rows.ts'
import styles from './batch-files.module.css'
import { transferWords } from './state-words.ts'

const rowHeight = 28
const mostRowsInView = 5

type Loaded = { readonly from: number; readonly total: number; readonly transfers: readonly Transfer[] }

/**
 * The files of one batch, a window of rows at a time, those that need a look first. Of a large one, files that came long ago
 * or are not to come soon are only counted, in a line of their own at the end.
 */
export function BatchFiles({ batch, now }: { readonly batch: Batch; readonly now: number }) {
  const load = useApp((state) => state.transferFiles)
  const [loaded, setLoaded] = useState<Loaded>({ from: 0, total: batch.fileCount, transfers: [] })
  const scroller = useRef<HTMLDivElement>(null)
  const unlisted = Math.max(0, batch.fileCount - loaded.total)
  const rowCount = loaded.total + (unlisted > 0 ? 1 : 0)
  const rows = useVirtualRows({ scroller, rowCount, rowHeight })
  const { id } = batch
  const { from, to } = rows

  // The batch is a new object at each of its changes, and its files are then read again.
  useEffect(() => {
    let isStale = false
    void load(batch.id, from, Math.min(to, from + 1_000)).then((answer) => {
      if (answer && !isStale) setLoaded(answer)
    })
    return () => {
      isStale = true
    }
  }, [load, batch, from, to])

  return (
    <section
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard.
      tabIndex={0}
      aria-label={`Files of ${batch.title}`}
      className={styles.files}
      style={{ height: Math.min(Math.max(rowCount, 1), mostRowsInView) * rowHeight }}
    >
      <ul className={styles.body} style={{ height: rows.elementHeight }}>
        {loaded.transfers.map((transfer, step) => (
          <li
            key={transfer.index}
            className={styles.row}
            style={{ transform: `translateY(${rows.topOf(loaded.from + step)}px)` }}
          >
            <span className={styles.path} title={transfer.target}>
              {visibleName(transfer.path)}
              {transfer.renamed && <span className={styles.renamed}> saved as {transfer.target}</span>}
            </span>
            <span
              className={classes(styles.state, transfer.status.state === 'failed' && styles.failed)}
              title={transferWords(transfer, now)}
            >
              {transferWords(transfer, now)}
            </span>
            <span>
              {transfer.status.state === 'running' && (
                <ProgressBar label={transfer.path} value={transfer.size ? transfer.received / transfer.size : null} />
              )}
            </span>
            {/* An archive is one thing: nothing can be done to a file in it alone. */}
            {batch.kind !== 'archive' && <TransferActions id={id} transfer={transfer} />}
          </li>
        ))}
        {unlisted > 0 && to > loaded.total && (
          <li className={styles.row} style={{ transform: `translateY(${rows.topOf(loaded.total)}px)` }}>
            <span className={styles.path}>and {formatCount(unlisted, 'more file')}</span>
          </li>
        )}
      </ul>
    </section>
  )
}

function TransferActions({ id, transfer }: { readonly id: string; readonly transfer: Transfer }) {
  const change = useApp((state) => state.changeTransfer)
  const { status, index, path } = transfer
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
