import { ArrowLeft, CircleAlert, KeyRound, RefreshCw, SearchX, WifiOff } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import type { AppError } from '../../../../shared/errors.ts'
import { useApp } from '../../store/store-context.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import styles from './problem-pane.module.css'
import { problemWords } from './problem-words.ts'
import { RetryCountdown } from './retry-countdown.tsx'

type ProblemPaneProps = {
  readonly error: AppError
  readonly executionId: string
  /** Where a key is entered, for problems that a key mends. */
  readonly keyForm: ReactNode
  readonly onCopy: (text: string) => void
}

/** Stands where the files would be when there are none to show: what happened, what it means, what to do. */
export function ProblemPane({ error, executionId, keyForm, onCopy }: ProblemPaneProps) {
  const retry = useApp((state) => state.retryOpening)
  const run = useApp((state) => state.run)
  const isSignedIn = useApp(({ account }) => account?.signedIn === true)
  const isKeyFromEnvironment = useApp(({ account }) => account?.keptIn === 'environment')
  const { title, hint, remedy } = problemWords(error, isKeyFromEnvironment)
  const pane = useRef<HTMLDivElement>(null)
  const waysOut = useRef<HTMLDivElement>(null)

  // What was pressed to get here is gone; a field that is being typed in keeps the focus.
  useEffect(() => {
    if (document.activeElement !== document.body) return
    const field = pane.current?.querySelector('input')
    if (field) field.focus()
    else waysOut.current?.querySelector('button')?.focus()
  }, [])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) run('close-execution')
  }
  return (
    <div ref={pane} className={styles.pane} role="alert" onKeyDown={onKeyDown}>
      <div className={styles.column}>
        <ProblemIcon error={error} />
        <h2 className={styles.title}>{title}</h2>
        {!saysItAll(error, isKeyFromEnvironment) && <p className={styles.message}>{error.message}</p>}
        <p className={styles.hint}>
          {hint} {error.kind === 'rate-limited' && <RetryCountdown />}
        </p>
        <p className={styles.id}>
          <code data-selectable>{executionId}</code>
          <CopyButton label="Copy run id" onCopy={() => onCopy(executionId)} />
        </p>
        {remedy === 'key' && keyForm}
        <div ref={waysOut} className={styles.waysOut}>
          {remedy === 'retry' && (
            <Button look="primary" onPress={retry}>
              <RefreshCw size={14} aria-hidden />
              Try again
            </Button>
          )}
          <Button onPress={() => run('close-execution')}>
            <ArrowLeft size={14} aria-hidden />
            Back to start
          </Button>
          {!isSignedIn && <Button onPress={() => run('explore-sample')}>Explore a sample run</Button>}
        </div>
      </div>
    </div>
  )
}

/** Tells whether heading, hint and id leave nothing for the message to add. */
function saysItAll({ kind }: AppError, isKeyFromEnvironment: boolean): boolean {
  const isSaid = kind === 'not-found' || kind === 'rate-limited' || kind === 'key-missing'
  // The message says to sign in again, which would change nothing.
  return isSaid || (kind === 'unauthorized' && isKeyFromEnvironment)
}

function ProblemIcon({ error: { kind } }: { readonly error: AppError }) {
  const isKey = kind === 'unauthorized' || kind === 'key-missing'
  const Icon = isKey ? KeyRound : kind === 'offline' ? WifiOff : kind === 'not-found' ? SearchX : CircleAlert
  return <Icon size={32} strokeWidth={1.5} aria-hidden className={styles.icon} />
}
