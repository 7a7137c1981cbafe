import type { ServedFile } from './run-server.ts'

/** A file, and what must be on screen when it is looked at. */
export type Specimen = ServedFile & {
  /** The kind that it is told to be. */
  readonly kind: string
  /** How it is shown, where not as its kind: `text` or `bytes`. */
  readonly shown?: string
  /** Texts that are on screen. */
  readonly texts?: readonly string[]
  /** What must be found within the preview. */
  readonly finds?: string
  /** The encoding that its text is read in. */
  readonly encoding?: string
  /** A picture's width in pixels, as decoded. */
  readonly width?: number
}
