// Collects the licences of all that is shipped into the file that About shows: npm run licences
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { collectLicences } from './licences.ts'
import { licencesFile, readLockfile, readManifest } from './lockfile.ts'

const root = path.resolve(import.meta.dirname, '../..')
const list = collectLicences(root, readManifest(root), readLockfile(root))
writeFileSync(path.join(root, licencesFile), `${JSON.stringify(list, null, 2)}\n`)
console.log(`${list.packages.length} packages, ${list.texts.length} texts, in ${licencesFile}`)
