import { Pin } from 'lucide-react'
import { type KeyboardEvent, type MouseEvent, useState } from 'react'
import type { ActionId } from '../../../../shared/actions.ts'
import type { Recent } from '../../../../shared/models/execution.ts'
import { isSameExecution } from '../../../../shared/same-execution.ts'
import { formatAgo } from '../../format/time.ts'
import { runName } from '../../store/executions.ts'
import { useApp } from '../../store/store-context.tsx'
import { classes } from '../../ui/classes.ts'
import { LazyMenu } from '../../ui/menu.tsx'
import { below, isMenuKey } from '../../ui/menu-key.ts'
import type { MenuAnchor, MenuGroup } from '../../ui/popup-menu.tsx'
import { StatusDot, statusWords } from '../../ui/status-dot.tsx'
import styles from './execution-item.module.css'

type ExecutionItemProps = {
  readonly recent: Recent
  readonly now: number
  /** Where there is room, the state is told in words, and when it was opened in full. */
  readonly isWide?: boolean
}

/** One run of the list. Its menu opens by right click, the menu key, or Shift and F10. */
export function ExecutionItem({ recent, now, isWide = false }: ExecutionItemProps) {
  const { executionId, source, pinned, openedAt, info } = recent
  const label = useApp(({ sampleRuns }) => runName(recent, sampleRuns))
  const isOpen = useApp(
    ({ listing, opening }) =>
      (listing !== null && isSameExecution(listing, recent)) ||
      (opening.state !== 'idle' && isSameExecution(opening.execution, recent)),
  )
  const shortId = executionId.slice(0, 8)
  const openExecution = useApp((state) => state.openExecution)
  const run = useApp((state) => state.run)
  const [menuAt, setMenuAt] = useState<MenuAnchor | null>(null)
  const key = { executionId, source }

  const openMenu = (event: MouseEvent) => {
    event.preventDefault()
    setMenuAt({ x: event.clientX, y: event.clientY })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Delete' && openedAt > 0) run('remove-execution', key)
    if (!isMenuKey(event)) return
    event.preventDefault()
    setMenuAt(below(event.currentTarget))
  }

  return (
    <li>
      <button
        type="button"
        data-opens-run
        className={classes(styles.item, isOpen && styles.open)}
        aria-current={isOpen ? 'page' : undefined}
        title={`${label}\n${executionId}`}
        onClick={() => void openExecution(key)}
        onContextMenu={openMenu}
        onKeyDown={onKeyDown}
      >
        <StatusDot status={info?.status ?? null} />
        <span className={styles.words}>
          <span className={styles.label}>{label}</span>
          <span className={styles.facts}>
            <span className={styles.id}>{label === shortId ? executionId.slice(9, 23) : shortId}</span>
            {isWide && <span className={styles.state}>{statusWords(info?.status ?? null)}</span>}
            {openedAt > 0 && (
              <span>{isWide ? `Opened ${formatAgo(openedAt, now)}` : formatAgo(openedAt, now, 'short')}</span>
            )}
          </span>
        </span>
        {pinned && <Pin size={12} aria-label="Pinned" className={styles.pin} />}
      </button>
      {menuAt && (
        <LazyMenu
          label={`Actions for ${label}`}
          at={menuAt}
          groups={menuGroups(pinned, openedAt > 0)}
          onChoose={(id) => (id === 'open' ? void openExecution(key) : run(id as ActionId, key))}
          onClose={() => setMenuAt(null)}
        />
      )}
    </li>
  )
}

function menuGroups(pinned: boolean, isKept: boolean): readonly MenuGroup[] {
  const kept = isKept
    ? [
        { id: 'pin-execution', label: pinned ? 'Unpin' : 'Pin' },
        { id: 'remove-execution', label: 'Remove from list' },
      ]
    : []
  return [
    { choices: [{ id: 'open', label: 'Open' }] },
    {
      choices: [
        { id: 'copy-execution-id', label: 'Copy run id' },
        { id: 'show-on-web', label: 'Show run on the web' },
      ],
    },
    ...(isKept ? [{ choices: [...kept, { id: 'clear-recents', label: 'Clear recent runs…' }] }] : []),
  ]
}
