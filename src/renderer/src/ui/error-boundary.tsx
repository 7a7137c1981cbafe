import { Component, type ErrorInfo, type ReactNode } from 'react'
import { Button } from './button.tsx'
import styles from './error-boundary.module.css'

type ErrorBoundaryProps = {
  readonly children: ReactNode
  readonly onError: (error: unknown, info: ErrorInfo) => void
  readonly onCopyDiagnostics: () => void
}

/** Stands in for a window that could not be drawn. React has no other way to catch such a fault than a class. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    this.props.onError(error, info)
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return (
      <main className={styles.page} role="alert">
        <h1 className={styles.title}>The window met a fault</h1>
        <p>Downloads go on in the background, and your files are safe. Open the window anew to go on.</p>
        <div className={styles.actions}>
          <Button look="primary" onPress={() => location.reload()}>
            Open anew
          </Button>
          <Button onPress={this.props.onCopyDiagnostics}>Copy diagnostics</Button>
        </div>
      </main>
    )
  }
}
