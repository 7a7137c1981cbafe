/** One entry of an archive. Size in bytes, time in milliseconds since 1970; null when the archive does not tell. */
export type ArchiveEntry = {
  readonly name: string
  readonly isFolder: boolean
  readonly size: number | null
  readonly updatedAt: number | null
  /** Whether a password is needed to read it. */
  readonly isLocked: boolean
}

export type ArchiveListing = {
  readonly entries: readonly ArchiveEntry[]
  /** False when the archive is larger than what was read of it, or broken. */
  readonly isWhole: boolean
}
