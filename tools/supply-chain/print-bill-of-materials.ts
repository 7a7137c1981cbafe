// Prints a CycloneDX bill of materials of all that is shipped: npm run -s sbom
import path from 'node:path'
import { billOfMaterials } from './bill-of-materials.ts'
import { readLockfile, readManifest } from './lockfile.ts'

const root = path.resolve(import.meta.dirname, '../..')
const manifest = readManifest(root)
const document = {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: { component: { type: 'application', name: manifest.name, version: manifest.version } },
  components: billOfMaterials(root, manifest, readLockfile(root)),
}
process.stdout.write(`${JSON.stringify(document, null, 2)}\n`)
