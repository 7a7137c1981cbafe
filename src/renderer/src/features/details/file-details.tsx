import { Download, Eye } from 'lucide-react'
import type { FileDetails as File } from '../../../../shared/models/listing.ts'
import { formatCreator } from '../../format/creator.ts'
import { visibleName } from '../../format/name.ts'
import { formatExactSize, formatSize } from '../../format/size.ts'
import { formatAgo, formatFullTime } from '../../format/time.ts'
import { formatType } from '../../format/type.ts'
import { openRunInfo, openRunName } from '../../store/executions.ts'
import { useApp } from '../../store/store-context.tsx'
import { Button } from '../../ui/button.tsx'
import { FileIcon } from '../../ui/file-icon.tsx'
import { useNow } from '../../ui/use-now.ts'
import { Field } from './field.tsx'
import styles from './file-details.module.css'
import { FoundField } from './found-field.tsx'
import { LocalCopyField } from './local-copy-field.tsx'

type FileDetailsProps = { readonly node: number; readonly file: File; readonly onCopy: (text: string) => void }

/** Every field of one file. */
export function FileDetails({ node, file, onCopy }: FileDetailsProps) {
  const run = useApp((state) => state.run)
  const previewShown = useApp((state) => state.previewShown)
  const agentName = useApp((state) => openRunInfo(state)?.agentName ?? null)
  const label = useApp(openRunName)
  const now = useNow()
  const isNamed = label !== null && !file.executionId.startsWith(label)
  return (
    <>
      <Head name={file.fileName} mimeType={file.mimeType} kind="file" />
      <div className={styles.actions}>
        <Button onPress={() => run('download')}>
          <Download size={14} aria-hidden />
          Download
        </Button>
        <Button onPress={() => void previewShown()}>
          <Eye size={14} aria-hidden />
          Preview
        </Button>
      </div>
      <dl className={styles.fields}>
        <Field label="Size" note={(file.fileSize ?? 0) < 1_000 ? undefined : formatExactSize(file.fileSize ?? 0)}>
          {file.fileSize === null ? 'Unknown' : formatSize(file.fileSize)}
        </Field>
        <Field
          label="Type"
          note={file.mimeType ?? 'The API gave no type'}
          copy={file.mimeType ?? undefined}
          onCopy={onCopy}
        >
          {formatType(file.fileName, file.mimeType)}
        </Field>
        <FoundField node={node} file={file} onCopy={onCopy} />
        <TimeField label="Modified" time={file.updatedAt} now={now} onCopy={onCopy} />
        <TimeField label="Created" time={file.createdAt} now={now} onCopy={onCopy} />
        <Field label="Created by">{file.createdBy === '' ? 'Unknown' : formatCreator(file.createdBy)}</Field>
        <Field label="Directory">{file.directory}</Field>
        <Field label="Path" copy={file.path} onCopy={onCopy} isCode>
          {visibleName(file.path)}
        </Field>
        {file.filePath !== file.path && (
          <Field label="As given" copy={file.filePath} onCopy={onCopy} isCode>
            {visibleName(file.filePath)}
          </Field>
        )}

        <LocalCopyField node={node} file={file} onCopy={onCopy} />
        <Field label="File id" copy={file.id} onCopy={onCopy} isCode>
          {file.id}
        </Field>
        <Field
          label="Agent"
          note={agentName ? file.agentId : undefined}
          copy={file.agentId}
          onCopy={onCopy}
          isCode={!agentName}
        >
          {agentName ?? file.agentId}
        </Field>
        <Field
          label="Run"
          note={isNamed ? file.executionId : undefined}
          copy={file.executionId}
          onCopy={onCopy}
          isCode={!isNamed}
        >
          {isNamed ? label : file.executionId}
        </Field>
      </dl>
    </>
  )
}

type TimeFieldProps = {
  readonly label: string
  readonly time: string
  readonly now: number
  readonly onCopy: (text: string) => void
}

function TimeField({ label, time, now, onCopy }: TimeFieldProps) {
  const at = Date.parse(time)
  if (Number.isNaN(at)) return <Field label={label}>{time === '' ? 'Unknown' : time}</Field>
  return (
    <Field label={label} note={formatFullTime(at)} copy={time} onCopy={onCopy}>
      {formatAgo(at, now)}
    </Field>
  )
}

type HeadProps = {
  readonly name: string
  readonly mimeType: string | null
  readonly kind: 'file' | 'folder' | 'directory'
}

export function Head({ name, mimeType, kind }: HeadProps) {
  return (
    <div className={styles.head}>
      <FileIcon kind={kind} name={name} mimeType={mimeType} size={20} />
      <h3 className={styles.name} data-selectable>
        {visibleName(name)}
      </h3>
    </div>
  )
}
