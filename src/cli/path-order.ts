/**
 * A text that sorts as a path does for a person when it is compared character by character: a folder's files stay
 * together, 2 comes before 10, and case says nothing.
 */
export function pathSortKey(path: string): string {
  return path
    .toLowerCase()
    .replaceAll('/', '\0')
    .replace(/0*(\d+)/g, (_, digits: string) => {
      // A longer number is a larger one.
      return `${String(Math.min(digits.length, 999)).padStart(3, '0')}${digits}`
    })
}
