import { ChevronDown, Pause, Play, Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { isOver } from '../../../../shared/ended.ts'
import { useApp } from '../../store/store-context.tsx'
import { IconButton } from '../../ui/button.tsx'
import { useKeptFocus } from '../../ui/use-kept-focus.ts'
import { BatchItem } from './batch-item.tsx'
import styles from './transfers-drawer.module.css'

/** All downloads: running ones first, then what is done. */
export function TransfersDrawer() {
  const batches = useApp((state) => state.batches)
  const run = useApp((state) => state.run)
  const [opened, setOpened] = useState<string | null>(null)
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
  const canResume = active.some(({ status }) => status.state === 'paused')
  return (
    <div className={styles.drawer} {...kept}>
      <header className={styles.head}>
        <h2 className={styles.title}>Transfers</h2>
        <span className={styles.space} />
        {canPause && <IconButton label="Pause all" icon={<Pause size={15} />} onPress={() => run('pause-transfers')} />}
        {canResume && (
          <IconButton label="Resume all" icon={<Play size={15} />} onPress={() => run('resume-transfers')} />
        )}
        {over.length > 0 && (
          <IconButton label="Clear finished" icon={<Trash2 size={15} />} onPress={() => run('clear-transfers')} />
        )}
        <IconButton label="Hide transfers" icon={<ChevronDown size={16} />} onPress={() => run('toggle-transfers')} />
      </header>
      {batches.length === 0 ? (
        <p className={styles.empty}>
          Nothing is being downloaded. Your downloads are listed here, where you can pause, open or retry them.
        </p>
      ) : (
        <ul className={styles.list}>
          {[...active, ...over].map((batch) => (
            <BatchItem
              key={batch.id}
              batch={batch}
              isOpened={opened === batch.id}
              onToggle={() => setOpened(opened === batch.id ? null : batch.id)}
            />
          ))}
        </ul>
      )}
    </div>
  )
}
