import type { PreviewHead } from '../../../../shared/models/preview.ts'
import type { PreviewReader } from './preview-reader.ts'

/** What each kind's view is given. */
export type ViewProps = {
  readonly reader: PreviewReader
  readonly head: PreviewHead
  readonly name: string
  /** Whether the run goes on, so that the file may grow. */
  readonly isGrowing: boolean
  /** Shows the file another way, with a sentence that says why. */
  readonly fallBack: (to: 'text' | 'bytes', sentence: string) => void
}
