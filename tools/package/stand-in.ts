import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** What marks the fuse wire in Electron's binary, and its state as Electron ships it: version 1, nine fuses. */
const fuseWire = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, 9]),
  Buffer.from('101100011'),
])

/**
 * Makes a folder with the shape of Electron's Linux distribution, for machines that cannot download it.
 *
 * Its binary holds a fuse wire and refuses to run: a package made around it shows what is packed and which fuses are
 * flipped, and nothing about running.
 */
export function makeStandIn(folder: string, electronPackage: string): void {
  mkdirSync(path.join(folder, 'resources'), { recursive: true })
  const refusal =
    '#!/bin/sh\necho "This is a stand-in for Electron, made where it could not be downloaded." >&2\nexit 1\n'
  writeFileSync(path.join(folder, 'electron'), Buffer.concat([Buffer.from(refusal), fuseWire]), { mode: 0o755 })
  copyFileSync(path.join(electronPackage, 'LICENSE'), path.join(folder, 'LICENSE'))
}
