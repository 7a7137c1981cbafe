import { createHash } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import { makeFolders } from '../core/make-folders.ts'

/** A folder where one download keeps what it needs to go on after it was stopped. */
export type JournalPlace = {
  readonly folder: string
  /** Gives the place back; what is in it stays for the next start, or goes. */
  readonly release: (keep: boolean) => Promise<void>
}

/**
 * Claims the place of a download, which is the same whenever the same is asked for: `taken` while another process has it.
 * Null where it can't be made: then a download that is stopped starts again from the beginning.
 */
export async function claimJournalPlace(
  identity: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<JournalPlace | 'taken' | null> {
  const name = createHash('sha256').update(identity.join('\n')).digest('hex').slice(0, 32)
  const folder = path.join(stateFolder(environment), 'asteroid-files', 'downloads', name)
  const lock = path.join(folder, 'lock')
  try {
    await makeFolders(folder, 0o700)
    if (!(await take(lock))) return 'taken'
  } catch {
    return null
  }
  return {
    // The engine clears its folder of what is not its own: the lock lies beside it.
    folder: path.join(folder, 'journal'),
    async release(keep) {
      await rm(keep ? lock : folder, { recursive: true, force: true })
    },
  }
}

async function take(lock: string): Promise<boolean> {
  for (let attempt = 0; attempt < 2; attempt += 1)
    try {
      await writeFile(lock, String(process.pid), { flag: 'wx' })
      return true
    } catch (thrown) {
      if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST')) throw thrown
      if (isAlive(Number(await readFile(lock, 'utf8')))) return false
      // Whoever had it was killed.
      await rm(lock, { force: true })
    }
  return false
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    // A process of someone else can't be asked, and is there.
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM'
  }
}

/** Where programs keep what should outlive a restart, as each system has it. */
function stateFolder(environment: NodeJS.ProcessEnv): string {
  const home = environment.HOME || homedir()
  if (process.platform === 'win32') return environment.LOCALAPPDATA || path.join(home, 'AppData', 'Local')
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Application Support')
  return environment.XDG_STATE_HOME || path.join(home, '.local', 'state')
}
