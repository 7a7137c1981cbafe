import path from 'node:path'
import { lieTogether } from '../target-path.ts'

/** The path of the folder below `folder` that the last of the names lies in, up to and with its last separator. */
export type FolderPath = (folder: string, names: readonly string[]) => string

/** Works it out once for files of one folder, which most often follow each other. */
export function createFolderPath(): FolderPath {
  let last: { readonly folder: string; readonly names: readonly string[]; readonly path: string } | null = null
  return (folder, names) => {
    if (last && last.folder === folder && lieTogether(last.names, names)) return last.path
    const whole = path.join(folder, ...names.slice(0, -1), path.sep)
    last = { folder, names, path: whole }
    return whole
  }
}
