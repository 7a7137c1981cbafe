import { existsSync, globSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { type DirectoryRecord, extractAll, getRawHeader } from '@electron/asar'

/** One unpacked app, as electron-builder leaves it in `dist`. Paths are absolute. */
export type PackedApp = {
  readonly platform: 'darwin' | 'linux' | 'win32'
  /** The folder, or on macOS the bundle. */
  readonly root: string
  /** Holds the fuse wire; on macOS @electron/fuses finds its framework from the bundle. */
  readonly binary: string
  readonly resources: string
}

/** A file of the archive; an unpacked one lies beside it on disk. Paths with `/`, without one at the start. */
export type PackedFile = { readonly path: string; readonly size: number; readonly unpacked: boolean }

/** Finds the unpacked apps below electron-builder's output folder. */
export function findPackedApps(output: string): readonly PackedApp[] {
  if (!existsSync(output)) return []
  return readdirSync(output, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => {
      const app = packedApp(path.join(output, entry.name))
      return app ? [app] : []
    })
}

/** Every file of the app's archive. */
export function listPackedFiles(app: PackedApp): readonly PackedFile[] {
  const files: PackedFile[] = []
  function walk(folder: DirectoryRecord, below: string): void {
    for (const [name, record] of Object.entries(folder.files)) {
      const at = below === '' ? name : `${below}/${name}`
      if ('files' in record) walk(record, at)
      else files.push({ path: at, size: record.size, unpacked: record.unpacked === true })
    }
  }
  walk(getRawHeader(archiveOf(app)).header, '')
  return files
}

/** Writes the whole app, what lies beside the archive included, to a folder of plain files. */
export function extractPackedApp(app: PackedApp, target: string): void {
  extractAll(archiveOf(app), target)
}

/** Bytes of all files below a folder; links count nothing. */
export function bytesBelow(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .reduce((total, entry) => total + statSync(path.join(entry.parentPath, entry.name)).size, 0)
}

function packedApp(folder: string): PackedApp | null {
  const bundle = globSync('*.app', { cwd: folder })[0]
  if (bundle !== undefined) {
    const root = path.join(folder, bundle)
    return { platform: 'darwin', root, binary: root, resources: path.join(root, 'Contents', 'Resources') }
  }
  const resources = path.join(folder, 'resources')
  if (!existsSync(path.join(resources, 'app.asar'))) return null
  const windows = path.join(folder, 'Asteroid Files.exe')
  if (existsSync(windows)) return { platform: 'win32', root: folder, binary: windows, resources }
  return { platform: 'linux', root: folder, binary: path.join(folder, 'asteroid-files'), resources }
}

function archiveOf(app: PackedApp): string {
  return path.join(app.resources, 'app.asar')
}
