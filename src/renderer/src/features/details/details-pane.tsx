import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Details } from '../../../../shared/models/listing.ts'
import { useApp } from '../../store/store-context.tsx'
import { IconButton } from '../../ui/button.tsx'
import styles from './details-pane.module.css'
import { FileDetails } from './file-details.tsx'
import { SummaryDetails } from './summary-details.tsx'

type DetailsPaneProps = {
  readonly onCopy: (text: string) => void
  /** Draws the preview of a file, on top of its details. */
  readonly preview: (listing: number, details: Details) => ReactNode
}

/** What is selected, in words: a file, a folder, or several. */
export function DetailsPane({ onCopy, preview }: DetailsPaneProps) {
  const shown = useApp((state) => state.shown)
  const listing = useApp((state) => state.listing?.listing)
  const togglePane = useApp((state) => state.togglePane)
  return (
    <aside aria-label="Details" className={styles.pane}>
      <header className={styles.head}>
        <h2 className={styles.title}>Details</h2>
        <IconButton label="Hide details" icon={<X size={16} />} onPress={() => togglePane('details')} />
      </header>
      <div className={styles.body}>
        {(shown.what === 'nothing' || listing === undefined) && (
          <p className={styles.empty}>Select a file to see what it is.</p>
        )}
        {listing !== undefined && shown.what === 'node' && (
          <>
            {preview(listing, shown.details)}
            {shown.details.kind === 'file' ? (
              <FileDetails
                key={shown.details.node}
                node={shown.details.node}
                file={shown.details.file}
                onCopy={onCopy}
              />
            ) : (
              <SummaryDetails summary={shown.details.summary} onCopy={onCopy} />
            )}
          </>
        )}
        {shown.what === 'selection' && <SummaryDetails summary={shown.summary} onCopy={onCopy} />}
      </div>
    </aside>
  )
}
