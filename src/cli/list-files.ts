import type { Run } from '../core/runs/run.ts'

/** Prints a run's files, one a line; answers the exit status. */
export function listFiles(run: Run, path: string | null, json: boolean): number {
  const files = run.files().filter((file) => path === null || isAtOrBelow(file.path, path))
  if (path !== null && files.length === 0) {
    process.stderr.write(`There is nothing at “${path}” in this run.\n`)
    return 4
  }
  for (const file of files) {
    const line = json ? JSON.stringify(file) : `${String(file.fileSize ?? '?').padStart(12)}  ${file.path}`
    process.stdout.write(`${line}\n`)
  }
  const { leftOut } = run.describe()
  if (leftOut > 0) process.stderr.write(`${leftOut} entries could not be understood and were left out.\n`)
  return 0
}

/** Tells whether a path is another, or lies below it; a slash at the end makes no difference. */
export function isAtOrBelow(path: string, above: string): boolean {
  const trimmed = above.replace(/^\/+|\/+$/g, '')
  return trimmed === '' || path === trimmed || path.startsWith(`${trimmed}/`)
}
