import { FolderOpen } from 'lucide-react'
import { useEffect } from 'react'
import type { FileDetails } from '../../../../shared/models/listing.ts'
import type { LocalCopy } from '../../../../shared/models/transfer.ts'
import { visibleName } from '../../format/name.ts'
import { useApp, useAppStore } from '../../store/store-context.tsx'
import { watchDownloads } from '../../store/watch-downloads.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from './field.tsx'
import styles from './file-details.module.css'

const words: Readonly<Record<LocalCopy['state'], string>> = {
  same: 'The same as in the run',
  older: 'Older than in the run',
  changed: 'Changed on this computer',
  gone: 'No longer where it was saved',
}

type LocalCopyFieldProps = {
  readonly node: number
  readonly file: FileDetails
  readonly onCopy: (text: string) => void
}

/** The copy that was downloaded, and whether it is still the same; nothing where there is none. */
export function LocalCopyField({ node, file, onCopy }: LocalCopyFieldProps) {
  const find = useApp((state) => state.findLocalCopy)
  const reveal = useApp((state) => state.revealLocalCopy)
  const store = useAppStore()
  const { updatedAt, fileSize } = file
  // Looked for again when the file changes, or something was downloaded.
  useEffect(() => void find(node), [find, node, updatedAt, fileSize])
  useEffect(() => watchDownloads(store, () => void find(node)), [store, find, node])

  const copy = useApp(({ localCopy, listing }) =>
    localCopy?.node === node && localCopy.listing === listing?.listing ? localCopy.copy : null,
  )
  if (!copy) return null
  return (
    <Field
      label="On disk"
      note={<Place copy={copy} onReveal={() => void reveal(node)} />}
      copy={copy.place}
      onCopy={onCopy}
    >
      {words[copy.state]}
    </Field>
  )
}

function Place({ copy, onReveal }: { readonly copy: LocalCopy; readonly onReveal: () => void }) {
  return (
    <>
      <span className={styles.place}>{visibleName(copy.place)}</span>
      {copy.state !== 'gone' && (
        <span className={styles.reveal}>
          <Button look="quiet" onPress={onReveal}>
            <FolderOpen size={14} aria-hidden />
            Show in folder
          </Button>
        </span>
      )}
    </>
  )
}
