/** A count as the app and the command line write it: `1,234`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en')
}

/** `1 file`, `1,234 files`. */
export function formatFiles(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'file' : 'files'}`
}
