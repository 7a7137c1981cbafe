import { Button } from './button.tsx'
import styles from './fault-page.module.css'

/** Stands in for a window that could not be drawn. */
export function FaultPage({ onCopyDiagnostics }: { readonly onCopyDiagnostics: () => void }) {
  return (
    <main>
      <div className={styles.page} role="alert">
        <h1 className={styles.title}>The window met a fault</h1>
        <p>Downloads go on in the background, and your files are safe. Open the window anew to go on.</p>
        <div className={styles.actions}>
          <Button look="primary" onPress={() => location.reload()}>
            Open anew
          </Button>
          <Button onPress={onCopyDiagnostics}>Copy diagnostics</Button>
        </div>
      </div>
    </main>
  )
}
