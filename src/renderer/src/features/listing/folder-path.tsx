import { ChevronRight } from 'lucide-react'
import { type CSSProperties, Fragment, useState } from 'react'
import { visibleName } from '../../format/name.ts'
import { focusedRow } from '../../store/selection.ts'
import { useApp } from '../../store/store-context.tsx'
import { LazyMenu } from '../../ui/menu.tsx'
import { below } from '../../ui/menu-key.ts'
import type { MenuAnchor } from '../../ui/popup-menu.tsx'
import styles from './folder-path.module.css'

/** More would leave each no more than a letter: those between the first and the last two then share one place. */
const mostFolders = 3

/** The folders that the row in focus is in. Each leads there, but for a flat list's, which has no folders. */
export function FolderPath() {
  const path = useApp((state) => focusedRow(state)?.path ?? '')
  const isFlat = useApp((state) => (focusedRow(state)?.level ?? 0) < path.split('/').length)
  const selectFolderAbove = useApp((state) => state.selectFolderAbove)
  const askForFiles = useApp((state) => state.askForFiles)
  const folders = path
    .split('/')
    .slice(0, -1)
    .map((name, depth) => ({ name: visibleName(name), level: depth + 1 }))
  if (folders.length === 0) return null
  const go = async (level: number) => {
    await selectFolderAbove(level)
    askForFiles()
  }
  const between = folders.length > mostFolders ? folders.slice(1, -2) : []
  const shown = folders.filter((folder) => !between.includes(folder))
  return (
    <nav
      aria-label="Path"
      className={styles.path}
      style={{ '--folders-above': shown.length - 1 + Math.min(between.length, 1) } as CSSProperties}
      title={path}
    >
      {shown.map(({ name, level }, index) => (
        <Fragment key={level}>
          {index === 1 && between.length > 0 && <FoldersBetween folders={between} go={isFlat ? null : go} />}
          <span className={styles.folder}>
            <ChevronRight size={12} aria-hidden />
            {isFlat ? (
              <span className={styles.place}>{name}</span>
            ) : (
              <button type="button" className={styles.place} onClick={() => void go(level)}>
                {name}
              </button>
            )}
          </span>
        </Fragment>
      ))}
    </nav>
  )
}

type FoldersBetweenProps = {
  readonly folders: readonly { readonly name: string; readonly level: number }[]
  /** Leads to a folder; null where none can be led to. */
  readonly go: ((level: number) => Promise<void>) | null
}

function FoldersBetween({ folders, go }: FoldersBetweenProps) {
  const [menuAt, setMenuAt] = useState<MenuAnchor | null>(null)
  const names = folders.map(({ name }) => name).join('/')
  return (
    <span className={styles.folder}>
      <ChevronRight size={12} aria-hidden />
      {go ? (
        <button
          type="button"
          className={styles.place}
          aria-haspopup="menu"
          aria-expanded={menuAt !== null}
          aria-label="Folders between"
          title={names}
          onClick={(event) => setMenuAt(below(event.currentTarget))}
        >
          …
        </button>
      ) : (
        <span className={styles.place} title={names}>
          …
        </span>
      )}
      {menuAt && (
        <LazyMenu
          label="Folders between"
          at={menuAt}
          groups={[{ choices: folders.map(({ name, level }) => ({ id: String(level), label: name })) }]}
          onChoose={(level) => void go?.(Number(level))}
          onClose={() => setMenuAt(null)}
        />
      )}
    </span>
  )
}
