import { spawn } from 'node:child_process'
import { statSync, utimesSync, writeFileSync } from 'node:fs'

/** Marks files as from the internet, as browsers do, so that the system asks before it runs one. Never throws. */
export type MarkFromInternet = (files: readonly string[]) => Promise<void>

/** What marking does to the system. */
export type MarkSystem = {
  /** Runs a program and waits for its end, however it ends. */
  readonly run: (program: string, args: readonly string[]) => Promise<void>
  /** Throws what `fs` throws. */
  readonly write: (path: string, text: string) => void
}

/** The way of a platform to mark files; on Linux there is none. */
export function markFromInternet(platform: NodeJS.Platform, system: MarkSystem = thisSystem): MarkFromInternet {
  if (platform === 'darwin') return (files) => quarantine(files, system)
  if (platform === 'win32') return async (files) => writeZone(files, system)
  return async () => {}
}

/**
 * Sets `com.apple.quarantine`: flags of a download by an app, the time in hexadecimal seconds, the app's name, and no
 * event of the system's own list of downloads. Node has no call for extended attributes, so macOS's own tool does it, many
 * files at a time.
 */
function quarantine(files: readonly string[], { run }: MarkSystem): Promise<void> {
  const value = `0083;${Math.floor(Date.now() / 1_000).toString(16)};Asteroid Files;`
  return run('/usr/bin/xattr', ['-w', 'com.apple.quarantine', value, ...files])
}

/** Writes the alternate data stream that Windows reads the zone from; 3 is the internet. Where from is a secret. */
function writeZone(files: readonly string[], { write }: MarkSystem): void {
  for (const file of files) {
    try {
      const { atime, mtime } = statSync(file)
      write(`${file}:Zone.Identifier`, '[ZoneTransfer]\r\nZoneId=3\r\n')
      // A stream's time is that of its file, which is the run's own.
      utimesSync(file, atime, mtime)
    } catch {
      // FAT and some network shares have no streams: browsers go on without the mark there, too.
    }
  }
}

const thisSystem: MarkSystem = {
  run: (program, args) =>
    new Promise((resolve) => {
      const child = spawn(program, args, { stdio: 'ignore' })
      child.once('error', () => resolve())
      child.once('close', () => resolve())
    }),
  write: (path, text) => writeFileSync(path, text),
}
