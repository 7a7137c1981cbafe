import { wholePercent } from '../format/percent.ts'
import { classes } from './classes.ts'
import styles from './progress-bar.module.css'

type ProgressBarProps = {
  readonly label: string
  /** From 0 to 1; null while it can't be told. */
  readonly value: number | null
  readonly tone?: 'running' | 'still' | 'good' | 'bad'
}

export function ProgressBar({ label, value, tone = 'running' }: ProgressBarProps) {
  const percent = value === null ? undefined : wholePercent(value)
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className={styles.track}
    >
      <div
        className={classes(styles.fill, styles[tone], value === null && styles.unknown)}
        style={value === null ? {} : { width: `${value * 100}%` }}
      />
    </div>
  )
}
