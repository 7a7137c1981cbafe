import { Button } from '../../ui/button.tsx'
import styles from './skeleton.module.css'

const widths = [120, 180, 150, 210, 130, 240, 160, 200, 140, 190, 170, 220]

/** The shape of the files to come. */
export function Skeleton({ words, onStop }: { readonly words: string; readonly onStop?: () => void }) {
  return (
    <div className={styles.skeleton} role="status">
      <p className={styles.words}>
        {words}
        {onStop && (
          <Button look="quiet" onPress={onStop}>
            Stop
          </Button>
        )}
      </p>
      {widths.map((width, index) => (
        <div key={width} className={styles.row} aria-hidden>
          <span className={styles.icon} />
          <span className={styles.bone} style={{ width, marginLeft: index % 3 === 0 ? 0 : 16 }} />
          <span className={styles.end} />
        </div>
      ))}
    </div>
  )
}
