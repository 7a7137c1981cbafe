import styles from './header-choice.module.css'
import type { Header } from './use-header.ts'

/** Says whether the first row is taken for a header, and lets a person who knows better change it. */
export function HeaderChoice({ header }: { readonly header: Header }) {
  return (
    <label className={styles.check} title="First row is a header">
      <input
        type="checkbox"
        aria-label="First row is a header"
        checked={header.isFirst}
        onChange={({ currentTarget }) => header.choose(currentTarget.checked)}
      />
      <span className={styles.long}>First row is a header</span>
      <span className={styles.short}>Header</span>
    </label>
  )
}
