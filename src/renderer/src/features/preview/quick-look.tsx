import { Download, ExternalLink, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Heading } from 'react-aria-components'
import type { Api } from '../../../../shared/contract.ts'
import type { Row } from '../../../../shared/models/listing.ts'
import { formatSize } from '../../format/size.ts'
import type { AppStore } from '../../store/app-store.ts'
import { focusedRow } from '../../store/selection.ts'
import { useApp, useAppStore } from '../../store/store-context.tsx'
import { IconButton } from '../../ui/button.tsx'
import { Modal } from '../../ui/modal.tsx'
import { FilePreview } from './file-preview.tsx'
import styles from './preview-frame.module.css'
import { useIsGrowing, usePreviewReader } from './use-preview-reader.ts'

/** Rows that are looked through for the next file, past folders. */
const farthestStep = 500

/** The file in focus, large over the window. Arrows go on to the next file; Space and Escape close it. */
export function QuickLook({ api }: { readonly api: Api }) {
  const store = useAppStore()
  const listing = useApp((state) => state.listing?.listing)
  const focused = useApp(focusedRow)
  const close = () => store.getState().setPreviewing(false)
  // While the focus moves on, the last file stays.
  const [last, setLast] = useState(focused)
  if (focused && focused !== last && focused.kind === 'file') setLast(focused)
  const row = focused?.kind === 'file' ? focused : last

  useLookKeys(store)
  if (listing === undefined || !row) return null
  return (
    <Modal size="whole" onClose={close}>
      <div className={styles.content}>
        <Head row={row} onClose={close} />
        <LargePreview key={`${listing}:${row.node}`} api={api} listing={listing} row={row} />
      </div>
    </Modal>
  )
}

function Head({ row, onClose }: { readonly row: Row; readonly onClose: () => void }) {
  const run = useApp((state) => state.run)
  return (
    <header className={styles.head}>
      <Heading slot="title" level={2} className={styles.title ?? ''}>
        {row.name}
      </Heading>
      <span className={styles.size}>{row.size === null ? '' : formatSize(row.size)}</span>
      <IconButton label="Open in its app" icon={<ExternalLink size={16} />} onPress={() => run('open-file')} />
      <IconButton label="Download" icon={<Download size={16} />} onPress={() => run('download')} />
      <IconButton label="Close" shortcut="Space" icon={<X size={16} />} onPress={onClose} />
    </header>
  )
}

type LargePreviewProps = { readonly api: Api; readonly listing: number; readonly row: Row }

function LargePreview({ api, listing, row }: LargePreviewProps) {
  const reader = usePreviewReader(api, listing, row.node)
  const isGrowing = useIsGrowing()
  return (
    <FilePreview
      reader={reader}
      listing={listing}
      node={row.node}
      name={row.name}
      version={`${row.updatedAt} ${row.size}`}
      isGrowing={isGrowing}
    />
  )
}

/** The keys of the large preview, wherever in it the focus is. */
function useLookKeys(store: AppStore): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      const isOn = (controls: string) => event.target instanceof Element && event.target.closest(controls) !== null
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key]
      if (event.key === ' ' && !isOn('button, input, audio, video')) {
        event.preventDefault()
        store.getState().setPreviewing(false)
      } else if (step !== undefined && !isOn('input, audio, video, [aria-expanded]')) {
        event.preventDefault()
        void goToFile(store, step)
      }
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [store])
}

/** Moves the focus to the next file in a direction, past folders; stays where there is none. */
async function goToFile(store: AppStore, step: number): Promise<void> {
  const { focus, fetchRow, selectRow } = store.getState()
  for (let at = focus.row + step; Math.abs(at - focus.row) <= farthestStep; at += step) {
    const row = await fetchRow(at)
    if (!row) return
    if (row.kind === 'file') return selectRow('only', at)
  }
}
