import { Maximize2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Api } from '../../../../shared/contract.ts'
import type { FileDetails } from '../../../../shared/models/listing.ts'
import { useApp } from '../../store/store-context.tsx'
import { IconButton } from '../../ui/button.tsx'
import { FilePreview } from './file-preview.tsx'
import styles from './preview-frame.module.css'
import { useIsGrowing, usePreviewReader } from './use-preview-reader.ts'

type PreviewPaneProps = {
  readonly api: Api
  readonly listing: number
  readonly node: number
  readonly file: FileDetails
}

/** A held arrow key passes files by without one read for each. */
const settleMilliseconds = 120

/** What a file is, on top of its details. */
export function PreviewPane({ api, listing, node, file }: PreviewPaneProps) {
  const reader = usePreviewReader(api, listing, node)
  const isGrowing = useIsGrowing()
  const isLargeOpen = useApp((state) => state.previewing)
  const run = useApp((state) => state.run)
  const [settled, setSettled] = useState<typeof reader | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(reader), settleMilliseconds)
    return () => clearTimeout(timer)
  }, [reader])
  return (
    <section className={styles.pane} aria-label="Preview">
      <div className={styles.enlarge}>
        <IconButton size="small" label="Large preview" icon={<Maximize2 size={14} />} onPress={() => run('preview')} />
      </div>
      {settled === reader && !isLargeOpen && (
        <FilePreview
          key={`${listing}:${node}`}
          reader={reader}
          listing={listing}
          node={node}
          name={file.fileName}
          version={`${file.updatedAt} ${file.fileSize}`}
          isGrowing={isGrowing}
        />
      )}
    </section>
  )
}
