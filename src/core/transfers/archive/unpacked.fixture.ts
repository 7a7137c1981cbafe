import { execFileSync, spawnSync } from 'node:child_process'

/** Whether there is a reader of archives on this computer that is not ours. */
export const hasPython = spawnSync('python3', ['--version']).status === 0

/** The entries of an archive in their order, each with its content's SHA-256, by that reader, which checks every sum. */
export function unpacked(file: string): readonly (readonly [name: string, sha256: string])[] {
  const script = `
import hashlib, json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as z:
    assert z.testzip() is None
    print(json.dumps([[i.filename, hashlib.sha256(z.read(i)).hexdigest()] for i in z.infolist()]))`
  return JSON.parse(execFileSync('python3', ['-c', script, file], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }))
}
