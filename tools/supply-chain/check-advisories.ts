// Asks npm's registry for known faults in all packages, and fails on each that is not explained: npm run advisories
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { npmCommand } from '../run-program.mjs'
import { type AuditReport, advisoryFaults } from './advisories.ts'
import { shippedPlaces } from './licences.ts'
import { readLockfile, readManifest } from './lockfile.ts'

const root = path.resolve(import.meta.dirname, '../..')
const [command, ...npm] = npmCommand()
const { stdout, stderr } = spawnSync(command, [...npm, 'audit', '--json'], { cwd: root, encoding: 'utf8' })
const { vulnerabilities, message } = readAnswer(stdout)
if (vulnerabilities === undefined) {
  console.error(`The registry could not be asked for known faults: ${message ?? stderr}`)
  process.exit(1)
}
const shipped = shippedPlaces(root, readManifest(root), readLockfile(root))
const document = readFileSync(path.join(root, 'docs/dependencies.md'), 'utf8')
const faults = advisoryFaults({ vulnerabilities }, shipped, document)
for (const fault of faults) console.error(fault)
if (faults.length === 0) console.log('No known fault that docs/dependencies.md does not explain.')
process.exit(faults.length > 0 ? 1 : 0)

/** npm's report, or why the registry gave none. */
function readAnswer(text: string): Partial<AuditReport> & { readonly message?: string } {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
