import {
  ChevronRight,
  CircleCheck,
  CircleX,
  Download,
  FolderOpen,
  FolderSync,
  KeyRound,
  Package,
  Pause,
  Play,
  RotateCw,
  SquareArrowOutUpRight,
  X,
} from 'lucide-react'
import { canBeTried, isOver } from '../../../../shared/ended.ts'
import type { Batch } from '../../../../shared/models/transfer.ts'
import { visibleName } from '../../format/name.ts'
import { formatPercent } from '../../format/percent.ts'
import { useApp } from '../../store/store-context.tsx'
import { IconButton } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { LongName } from '../../ui/long-name.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { useKeptFocus } from '../../ui/use-kept-focus.ts'
import { useNow } from '../../ui/use-now.ts'
import { BatchFiles } from './batch-files.tsx'
import styles from './batch-item.module.css'
import { ConflictQuestion } from './conflict-question.tsx'
import { batchWords, isMadeInPart, toneOf } from './state-words.ts'

type BatchItemProps = { readonly batch: Batch; readonly isOpened: boolean; readonly onToggle: () => void }

/** One download: a file, a selection or a whole run. It opens to its files. */
export function BatchItem({ batch, isOpened, onToggle }: BatchItemProps) {
  const { id, status } = batch
  const title = visibleName(batch.title)
  // Only a countdown needs the seconds.
  const now = useNow(status.state === 'waiting' ? 1_000 : 60_000)
  const words = batchWords(batch, now)
  const over = isOver(status)
  const progress = batch.totalBytes > 0 ? batch.receivedBytes / batch.totalBytes : over ? 1 : null
  return (
    <li className={styles.item}>
      <div className={styles.line}>
        <button
          type="button"
          className={styles.toggle}
          aria-expanded={isOpened}
          aria-label={`Files of ${title}`}
          onClick={onToggle}
        >
          <ChevronRight size={14} aria-hidden className={classes(isOpened && styles.turned)} />
        </button>
        <BatchIcon batch={batch} />
        <div className={styles.words}>
          <p className={styles.title} title={`${title}\n${visibleName(batch.target)}`}>
            <LongName name={batch.title} />
          </p>
          <p
            className={classes(
              styles.state,
              needsReading(status) && styles.whole,
              status.state === 'failed' && styles.failed,
            )}
            title={words}
          >
            {words}
          </p>
        </div>
        {/* The bar says it to those who don't see it. */}
        <span className={styles.percent} aria-hidden>
          {!over && progress !== null && formatPercent(progress)}
        </span>
        <div>{!over && <ProgressBar label={title} value={progress} tone={toneOf(status)} />}</div>
        <BatchActions batch={batch} />
      </div>
      {batch.conflict && <ConflictQuestion id={id} conflict={batch.conflict} fileCount={batch.fileCount} />}
      {isOpened && <BatchFiles batch={batch} now={now} />}
    </li>
  )
}

/** What a person may have to act on is said in two lines where one is too short. */
function needsReading({ state }: Batch['status']): boolean {
  return state === 'waiting' || state === 'failed'
}

function BatchIcon({ batch: { kind, status } }: { readonly batch: Batch }) {
  if (status.state === 'done') return <CircleCheck size={16} aria-hidden className={styles.good} />
  if (status.state === 'failed') return <CircleX size={16} aria-hidden className={styles.failed} />
  const Icon = kind === 'archive' ? Package : kind === 'in-step' ? FolderSync : Download
  return <Icon size={16} aria-hidden className={styles.kind} />
}

function BatchActions({ batch }: { readonly batch: Batch }) {
  const change = useApp((state) => state.changeTransfer)
  const run = useApp((state) => state.run)
  const { id, status, fileCount, doneCount, kind } = batch
  const title = visibleName(batch.title)
  const { state } = status
  const isThere = state === 'done' || isMadeInPart(batch)
  const over = isOver(status)
  const isSomeThere = isThere || (over && kind !== 'archive' && doneCount > 0)
  const kept = useKeptFocus<HTMLDivElement>()
  return (
    <div className={styles.actions} {...kept}>
      {canBeTried(status) && (
        <IconButton
          label={`Try ${title} now`}
          icon={<RotateCw size={15} />}
          onPress={() => void change('try-now', { id })}
        />
      )}
      {state === 'waiting' && status.reason === 'key' && (
        <IconButton
          label={`Sign in to go on with ${title}`}
          icon={<KeyRound size={15} />}
          onPress={() => run('sign-in')}
        />
      )}
      {!over && state !== 'paused' && (
        <IconButton label={`Pause ${title}`} icon={<Pause size={15} />} onPress={() => void change('pause', { id })} />
      )}
      {state === 'paused' && (
        <IconButton label={`Resume ${title}`} icon={<Play size={15} />} onPress={() => void change('resume', { id })} />
      )}
      {(state === 'failed' || state === 'cancelled') && (
        <IconButton
          label={`Try ${title} again`}
          icon={<RotateCw size={15} />}
          onPress={() => void change('retry', { id })}
        />
      )}
      {isThere && (fileCount === 1 || kind === 'archive') && (
        <IconButton
          label={`Open ${title}`}
          icon={<SquareArrowOutUpRight size={15} />}
          onPress={() => void change('open', { id })}
        />
      )}
      {isSomeThere && (
        <IconButton
          label={`Show ${title} in its folder`}
          icon={<FolderOpen size={15} />}
          onPress={() => void change('reveal', { id })}
        />
      )}
      {!over && (
        <IconButton label={`Cancel ${title}`} icon={<X size={15} />} onPress={() => void change('cancel', { id })} />
      )}
    </div>
  )
}
