import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'

/** Marks files as from the internet, as browsers do, so that the system asks before it runs one. Never throws. */
export type MarkFromInternet = (files: readonly string[]) => Promise<void>

/** The way of a platform to mark files; on Linux there is none. */
export function markFromInternet(platform: NodeJS.Platform): MarkFromInternet {
  if (platform === 'darwin') return quarantine
  if (platform === 'win32') return writeZone
  return async () => {}
}

/**
 * Sets `com.apple.quarantine`: flags of a download by an app, the time in hexadecimal seconds, the app's name.
 * Node has no call for extended attributes, so macOS's own tool does it, many files at a time.
 */
function quarantine(files: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const value = `0083;${Math.floor(Date.now() / 1_000).toString(16)};Asteroid Files;`
    const child = spawn('/usr/bin/xattr', ['-w', 'com.apple.quarantine', value, ...files], { stdio: 'ignore' })
    child.once('error', () => resolve())
    child.once('close', () => resolve())
  })
}

/** Writes the alternate data stream that Windows reads the zone from; 3 is the internet. Where from is a secret. */
async function writeZone(files: readonly string[]): Promise<void> {
  for (const file of files) {
    try {
      writeFileSync(`${file}:Zone.Identifier`, '[ZoneTransfer]\r\nZoneId=3\r\n')
    } catch {
      // FAT and some network shares have no streams: browsers go on without the mark there, too.
    }
  }
}
