import { useEffect, useRef, useState } from 'react'
import type { Batch, ConflictPolicy } from '../../../../shared/models/transfer.ts'
import { visibleName } from '../../format/name.ts'
import { formatSize } from '../../format/size.ts'
import { formatFullTime } from '../../format/time.ts'
import { useApp } from '../../store/store-context.tsx'
import { Button } from '../../ui/button.tsx'
import styles from './conflict-question.module.css'

type ConflictQuestionProps = {
  readonly id: string
  readonly conflict: NonNullable<Batch['conflict']>
  readonly fileCount: number
}

/** Nobody is asked about a file that is the same, so there is no answer for it. */
const answers: readonly { readonly policy: ConflictPolicy; readonly label: string }[] = [
  { policy: 'keep-both', label: 'Keep both' },
  { policy: 'replace', label: 'Replace' },
  { policy: 'skip', label: 'Skip' },
  { policy: 'replace-if-newer', label: 'Replace if newer' },
]

/** Asks what to do where a file is already at the name that is wanted. The download waits for the answer. */
export function ConflictQuestion({ id, conflict, fileCount }: ConflictQuestionProps) {
  const answer = useApp((state) => state.answerConflict)
  const [forAll, setForAll] = useState(fileCount > 1)
  const [remember, setRemember] = useState(false)
  const question = useRef<HTMLFieldSetElement>(null)
  // A question is not to be missed: its download is shown from its first line on.
  useEffect(() => {
    question.current?.closest('li')?.scrollIntoView({ block: 'start' })
  }, [])
  const { path, existingSize, existingUpdatedAt, newSize, newUpdatedAt } = conflict
  return (
    <fieldset ref={question} className={styles.question} aria-label="A file of this name is already there">
      <p>
        <strong>{visibleName(path)}</strong> is already there.
      </p>
      <dl className={styles.versions}>
        <dt>Yours</dt>
        <dd>{formatSize(existingSize)}</dd>
        <dd>{formatFullTime(existingUpdatedAt)}</dd>
        <dt>The run’s</dt>
        <dd>{newSize === null ? 'size unknown' : formatSize(newSize)}</dd>
        <dd>{newUpdatedAt === null ? 'time unknown' : formatFullTime(newUpdatedAt)}</dd>
      </dl>
      <div className={styles.answers}>
        {answers.map(({ policy, label }) => (
          <Button key={policy} onPress={() => void answer(id, policy, forAll, remember)}>
            {label}
          </Button>
        ))}
      </div>
      <div className={styles.options}>
        {fileCount > 1 && (
          <label className={styles.option}>
            <input type="checkbox" checked={forAll} onChange={(event) => setForAll(event.target.checked)} />
            For all files in this download
          </label>
        )}
        <label className={styles.option}>
          <input type="checkbox" checked={remember} onChange={(event) => setRemember(event.target.checked)} />
          Always do this
        </label>
      </div>
    </fieldset>
  )
}
