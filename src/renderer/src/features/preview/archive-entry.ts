/** One entry of an archive. Size in bytes, time in milliseconds since 1970; null when the archive does not tell. */
export type ArchiveEntry = {
  readonly name: string
  readonly isFolder: boolean
  readonly size: number | null
  readonly updatedAt: number | null
  /** Whether a password is needed to read it. */
  readonly isLocked: boolean
}

/** The entries that one more part of an archive has brought. */
export type ArchivePart = {
  readonly entries: readonly ArchiveEntry[]
  /** `more` when another part can be read; `cut` when there is more that can't be, or the archive is broken there. */
  readonly rest: 'none' | 'more' | 'cut'
  /** How far into the file has been looked, in bytes; null where the list stands apart from the contents. */
  readonly reached: number | null
}

/** Lists an archive part by part. `next` throws a `PreviewProblem`. */
export type ArchiveReader = { readonly next: () => Promise<ArchivePart>; readonly close: () => void }
