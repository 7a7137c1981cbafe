import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Details } from '../../../../shared/models/listing.ts'
import { useApp } from '../../store/store-context.tsx'
import { Pane } from '../../ui/pane.tsx'
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
  // While the first files are on their way there is nothing to tell yet, not even that a folder is empty.
  const listing = useApp((state) => (state.listing?.loadedAt ? state.listing.listing : undefined))
  const togglePane = useApp((state) => state.togglePane)
  return (
    <Pane
      element="aside"
      title="Details"
      hide={{ label: 'Hide details', icon: <X size={16} />, onPress: () => togglePane('details') }}
    >
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
    </Pane>
  )
}
