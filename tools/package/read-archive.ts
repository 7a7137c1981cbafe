import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'

/** The archives of unpacked folders that electron-builder left in its output, each with the folder that it is of. */
export function findArchives(output: string): readonly { readonly archive: string; readonly folder: string }[] {
  return readdirSync(output).flatMap((name) => {
    const arch = /-linux-(\w+)\.tar\.gz$/.exec(name)?.[1]
    if (arch === undefined) return []
    const folder = arch === 'x64' ? 'linux-unpacked' : `linux-${arch}-unpacked`
    return [{ archive: path.join(output, name), folder: path.join(output, folder) }]
  })
}

/** How a tar.gz differs from the folder that it was made of; all of it lies in one folder of the archive. */
export function archiveFaults(archive: string, folder: string): readonly string[] {
  const { status, stdout } = spawnSync('tar', ['-tzf', archive], { encoding: 'utf8', maxBuffer: 2 ** 26 })
  if (status !== 0) return [`${path.basename(archive)} can’t be read`]
  // A folder whose path is long has no slash at its end in what electron-builder writes.
  const lines = stdout.split(/\r?\n/).filter((line) => line !== '')
  const packed = new Set(lines.map((line) => line.replace(/^(\.\/)?[^/]+(\/|$)/, '').replace(/\/$/, '')))
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => ({
    at: path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'),
    isFile: !entry.isDirectory(),
  }))
  const known = new Set(['', ...entries.map(({ at }) => at)])
  return [
    ...entries
      .filter(({ at, isFile }) => isFile && !packed.has(at))
      .map(({ at }) => `${at} is not in ${path.basename(archive)}`),
    ...[...packed].filter((at) => !known.has(at)).map((at) => `${at} is only in ${path.basename(archive)}`),
  ]
}
