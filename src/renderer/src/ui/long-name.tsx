import { endOfPath, visibleName } from '../format/name.ts'
import styles from './long-name.module.css'
import hidden from './visually-hidden.module.css'

type LongNameProps = {
  /** A name, or a path whose last part is one. */
  readonly name: string
}

/** A name or path on one line. Where there is no room it keeps its end, which most often tells it from its neighbours. */
export function LongName({ name }: LongNameProps) {
  const shown = visibleName(name)
  const cut = endOfPath(shown)
  if (cut === shown.length) return <span className={styles.name}>{shown}</span>
  return (
    <>
      {/* Read as one word, which its two parts would not be. */}
      <span className={hidden.hidden}>{shown}</span>
      <span className={styles.longName} aria-hidden>
        <span className={styles.start}>{shown.slice(0, cut)}</span>
        <span className={styles.end}>{shown.slice(cut)}</span>
      </span>
    </>
  )
}
