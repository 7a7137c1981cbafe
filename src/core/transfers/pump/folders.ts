import { lstatSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { errorCode, Failure } from '../../failure.ts'
import { createFolderPath, type FolderPath } from './folder-path.ts'

export type Folders = {
  readonly pathOf: FolderPath
  /**
   * Makes the folders below `folder` that the last of the names lies in, one by one. `folder` itself must be there: a disk
   * that was taken out is not made up for. Refuses a file or a symbolic link in the way. Throws `Failure` or what `fs` throws.
   */
  readonly ensure: (folder: string, names: readonly string[]) => void
  /** Forgets what was made, since someone may have removed it. */
  readonly forget: () => void
}

/** Remembers the folders that it made or found, so that each is looked at once. */
export function createFolders(): Folders {
  const known = new Set<string>()
  const pathOf = createFolderPath()

  return {
    pathOf,
    ensure(folder, names) {
      const whole = pathOf(folder, names)
      if (names.length === 1 || known.has(whole)) return
      let current = folder
      for (const name of names.slice(0, -1)) {
        current = path.join(current, name)
        if (known.has(current)) continue
        try {
          mkdirSync(current)
        } catch (thrown) {
          if (errorCode(thrown) !== 'EEXIST') throw thrown
          if (!lstatSync(current).isDirectory()) throw inTheWay(name)
        }
        known.add(current)
      }
      known.add(whole)
    },
    forget: () => known.clear(),
  }
}

function inTheWay(name: string): Failure {
  const message = `“${name}” is in the way: it is a file or a link where a folder is needed. Move it, then try again.`
  return new Failure({ kind: 'disk', code: 'ENOTDIR', message })
}
