import styles from './preview.module.css'
import type { Header } from './use-header.ts'

/** Says whether the first row is taken for a header, and lets a person who knows better change it. */
export function HeaderChoice({ header }: { readonly header: Header }) {
  return (
    <label className={styles.check}>
      <input
        type="checkbox"
        checked={header.isFirst}
        onChange={({ currentTarget }) => header.choose(currentTarget.checked)}
      />
      First row is a header
    </label>
  )
}
