import { ChevronDown, Pause, Play, RotateCw } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { canBeTried, isOver } from '../../../../shared/ended.ts'
import type { Batch } from '../../../../shared/models/transfer.ts'
import { useApp } from '../../store/store-context.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { useKeptFocus } from '../../ui/use-kept-focus.ts'
import { useWindowHeight } from '../../ui/use-window-height.ts'
import { BatchItem } from './batch-item.tsx'
import styles from './transfers-drawer.module.css'
import { useWholeItems } from './use-whole-items.ts'

const headHeight = 36
const footHeight = 8
/** Enough for a question, or for a download's files, and one more line. */
const openedHeight = 300
/** Of the window: the files keep the rest, and lend some of it to what is to be answered or looked into. */
const [usualShare, openedShare] = [0.45, 0.62]

/** All downloads: running ones first, then what is done. As high as the person made it, but never ending within a line. */
export function TransfersDrawer({ height }: { readonly height: number }) {
  const batches = useApp((state) => state.batches)
  const run = useApp((state) => state.run)
  const [opened, setOpened] = useState<string | null>(null)
  const isOpened = batches.some(({ id, conflict }) => id === opened || conflict !== null)
  const windowHeight = useWindowHeight()
  const most = isOpened
    ? Math.min(windowHeight * openedShare, Math.max(height, openedHeight))
    : Math.min(windowHeight * usualShare, height)
  const active = batches.filter(({ status }) => !isOver(status))
  const over = batches.filter(({ status }) => isOver(status))
  const canPause = active.some(({ status }) => status.state !== 'paused')
  const kept = useKeptFocus<HTMLDivElement>()
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        if (document.activeElement === document.body) document.querySelector<HTMLElement>('[data-files]')?.focus()
      })
    },
    [],
  )
  const canTryNow = active.some(({ status }) => canBeTried(status))
  const canResume = active.some(({ status }) => status.state === 'paused')
  return (
    <div className={styles.drawer} {...kept}>
      <header className={styles.head}>
        <h2 className={styles.title}>Transfers</h2>
        <span className={styles.space} />
        {canTryNow && (
          <IconButton label="Try all now" icon={<RotateCw size={15} />} onPress={() => run('try-transfers')} />
        )}
        {canPause && <IconButton label="Pause all" icon={<Pause size={15} />} onPress={() => run('pause-transfers')} />}
        {canResume && (
          <IconButton label="Resume all" icon={<Play size={15} />} onPress={() => run('resume-transfers')} />
        )}
        {over.length > 0 && (
          <Button look="quiet" onPress={() => run('clear-transfers')}>
            Clear finished
          </Button>
        )}
        <IconButton label="Hide transfers" icon={<ChevronDown size={16} />} onPress={() => run('toggle-transfers')} />
      </header>
      {batches.length === 0 ? (
        <p className={styles.empty}>
          Nothing is being downloaded. Your downloads are listed here, where you can pause, open or retry them.
        </p>
      ) : (
        <BatchList
          batches={[...active, ...over]}
          opened={opened}
          onOpen={setOpened}
          mostHeight={most - headHeight - footHeight}
        />
      )}
    </div>
  )
}

type BatchListProps = {
  readonly batches: readonly Batch[]
  /** The one whose files are on show. */
  readonly opened: string | null
  readonly onOpen: (id: string | null) => void
  readonly mostHeight: number
}

function BatchList({ batches, opened, onOpen, mostHeight }: BatchListProps) {
  const list = useRef<HTMLUListElement>(null)
  const height = useWholeItems(list, mostHeight)
  return (
    <div className={styles.scroller} style={{ maxHeight: height }}>
      <ul ref={list}>
        {batches.map((batch) => (
          <BatchItem
            key={batch.id}
            batch={batch}
            isOpened={opened === batch.id}
            onToggle={() => onOpen(opened === batch.id ? null : batch.id)}
          />
        ))}
      </ul>
    </div>
  )
}
