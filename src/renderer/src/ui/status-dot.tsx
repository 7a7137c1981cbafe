import { hasEnded } from '../../../shared/ended.ts'
import { classes } from './classes.ts'
import styles from './status-dot.module.css'

const words: Readonly<Record<string, string>> = {
  starting: 'Starting',
  running: 'Running',
  paused: 'Paused',
  paused_by_agent: 'Paused by the agent',
  awaiting_confirmation: 'Waiting for confirmation',
  completed: 'Finished',
  cancelled: 'Cancelled',
  failed: 'Failed',
}

/** A run's status in words; one that is not known stays as the API gave it. */
export function statusWords(status: string | null): string {
  return status === null ? 'Status unknown' : (words[status] ?? status)
}

/** A run's status as a dot. Its words are there for those who don't see the colour. */
export function StatusDot({ status }: { readonly status: string | null }) {
  const tone =
    status === null ? 'unknown' : status === 'failed' ? 'failed' : hasEnded(status) ? 'ended' : isPaused(status)
  return <span role="img" aria-label={statusWords(status)} className={classes(styles.dot, styles[tone])} />
}

function isPaused(status: string): 'paused' | 'live' {
  return status.startsWith('paused') || status === 'awaiting_confirmation' ? 'paused' : 'live'
}
