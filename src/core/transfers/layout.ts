/** Where a batch's files go below its folder: which of their leading names fall away, and what is put in front instead. */
export type Layout = {
  readonly leading: number
  /** The one folder that all of them share, or null. */
  readonly folder: string | null
}

/** Every file at `<directory>/<path within it>`. */
export const wholePaths: Layout = { leading: 0, folder: null }

/** What a person asked for. */
export type Asked = {
  /** Whether it is the run as a whole, or all matches of a search. */
  readonly isRun: boolean
  /** The paths of the files and folders asked for; of a whole run they need not be known. */
  readonly paths: Iterable<string> | AsyncIterable<string>
  /** Whether `paths` is one folder. */
  readonly isFolder: boolean
  /** A folder's name for the run. */
  readonly runFolder: string
}

/**
 * One file goes by its name, one folder by its own, several by their paths below their deepest common folder; a run, or
 * matches from more than one of its directories, into a folder of the run's.
 */
export async function layoutFor({ isRun, paths, isFolder, runFolder }: Asked): Promise<Layout> {
  const common = await commonFolder(paths)
  if (isFolder && common !== null) return { leading: common.depth + 1, folder: common.firstName }
  const leading = common?.depth ?? 0
  return { leading, folder: isRun && leading === 0 ? runFolder : null }
}

/** The names of a file's place below the batch's folder, before they are made safe. */
export function placed({ leading, folder }: Layout, segments: readonly string[]): readonly string[] {
  // A file always keeps its name, whatever a journal says.
  const rest = segments.slice(Math.min(leading, segments.length - 1))
  return folder === null ? rest : [folder, ...rest]
}

async function commonFolder(
  paths: Asked['paths'],
): Promise<{ readonly depth: number; readonly firstName: string } | null> {
  let common: readonly string[] | null = null
  let firstName = ''
  for await (const each of paths) {
    const folders = each.split('/')
    const name = folders.pop() ?? ''
    if (common === null) {
      common = folders
      firstName = name
    } else {
      const differs = common.findIndex((folder, at) => folder !== folders[at])
      if (differs !== -1) common = common.slice(0, differs)
    }
    if (common.length === 0) break
  }
  return common && { depth: common.length, firstName }
}
