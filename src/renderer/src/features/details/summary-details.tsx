import { Download, Files } from 'lucide-react'
import { typeGroupName } from '../../../../shared/file-types.ts'
import type { Summary } from '../../../../shared/models/listing.ts'
import { formatCount } from '../../format/count.ts'
import { visibleName } from '../../format/name.ts'
import { formatExactSize, formatNumber, formatSize } from '../../format/size.ts'
import { formatAgo, formatFullTime } from '../../format/time.ts'
import { useApp } from '../../store/store-context.tsx'
import { Button } from '../../ui/button.tsx'
import { useNow } from '../../ui/use-now.ts'
import { Field } from './field.tsx'
import fileStyles from './file-details.module.css'
import { Head } from './file-details.tsx'
import styles from './summary-details.module.css'
import { Treemap } from './treemap.tsx'

type SummaryDetailsProps = { readonly summary: Summary; readonly onCopy: (text: string) => void }

/** What a folder or a selection adds up to. */
export function SummaryDetails({ summary, onCopy }: SummaryDetailsProps) {
  const run = useApp((state) => state.run)
  const now = useNow()
  const { path, fileCount, hiddenCount, folderCount, size, unknownSizes, oldest, newest, byType, largest } = summary
  const name = path?.split('/').at(-1)
  const isDirectory = path !== null && !path.includes('/')
  return (
    <>
      {name === undefined ? (
        <div className={fileStyles.head}>
          <Files size={20} strokeWidth={1.75} aria-hidden />
          <h3 className={fileStyles.name}>{formatCount(fileCount, 'file')}</h3>
        </div>
      ) : (
        <Head name={name} mimeType={null} kind={isDirectory ? 'directory' : 'folder'} />
      )}
      {fileCount > 0 && (
        <div className={fileStyles.actions}>
          <Button onPress={() => run('download')}>
            <Download size={14} aria-hidden />
            Download
          </Button>
          <Button onPress={() => run('download-archive')}>Download as ZIP…</Button>
        </div>
      )}
      <dl className={fileStyles.fields}>
        <Field label="Files" note={hiddenCount > 0 && `${formatNumber(hiddenCount)} more hidden by the filter`}>
          {formatNumber(fileCount)}
        </Field>
        {folderCount > 0 && <Field label="Folders">{formatNumber(folderCount)}</Field>}
        <Field label="Size" note={size < 1_000 ? undefined : formatExactSize(size)}>
          {formatSize(size)}
          {unknownSizes > 0 && `, and ${formatCount(unknownSizes, 'file')} of unknown size`}
        </Field>
        {newest !== null && (
          <Field label="Newest" note={formatFullTime(newest)}>
            {formatAgo(newest, now)}
          </Field>
        )}
        {oldest !== null && (
          <Field label="Oldest" note={formatFullTime(oldest)}>
            {formatAgo(oldest, now)}
          </Field>
        )}
        {path !== null && (
          <Field label="Path" copy={path} onCopy={onCopy} isCode>
            {visibleName(path)}
          </Field>
        )}
      </dl>
      {(largest[1]?.size ?? 0) > size / 100 && (
        <section className={styles.section} aria-label="What takes up space">
          <h4 className={styles.title}>What takes up space</h4>
          <Treemap largest={largest} total={size} />
        </section>
      )}
      {byType.length > 0 && (
        <section className={styles.section} aria-label="By type">
          <h4 className={styles.title}>By type</h4>
          <table className={styles.types}>
            <tbody>
              {byType.map((type) => (
                <tr key={type.type}>
                  <th scope="row">{typeGroupName(type.type) || 'Unknown'}</th>
                  <td>{formatCount(type.count, 'file')}</td>
                  <td>{formatSize(type.size)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  )
}
