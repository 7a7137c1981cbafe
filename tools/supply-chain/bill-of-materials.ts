import { shippedPlaces } from './licences.ts'
import { type Lockfile, type Manifest, moduleName } from './lockfile.ts'

/** One part of the app, in CycloneDX's words: https://cyclonedx.org/docs/1.6/json. */
export type Component = {
  readonly type: 'library' | 'framework'
  readonly name: string
  readonly version: string
  readonly purl: string
  readonly licenses: readonly { readonly license: { readonly id: string } }[]
  readonly hashes: readonly { readonly alg: 'SHA-512'; readonly content: string }[]
}

/** Everything that is shipped: Electron, what runs outside the window, and what is bundled into it. */
export function billOfMaterials(root: string, manifest: Manifest, lockfile: Lockfile): readonly Component[] {
  const [electron = '', ...libraries] = shippedPlaces(root, manifest, lockfile)
  return [
    component(lockfile, electron, 'framework'),
    ...libraries.map((place) => component(lockfile, place, 'library')),
  ]
}

function component(lockfile: Lockfile, place: string, type: Component['type']): Component {
  const entry = lockfile.packages[place]
  const name = entry?.name ?? moduleName(place)
  const version = entry?.version ?? ''
  const [algorithm, hash] = entry?.integrity?.split('-') ?? []
  return {
    type,
    name,
    version,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    licenses: entry?.license ? [{ license: { id: entry.license } }] : [],
    hashes:
      algorithm === 'sha512' && hash ? [{ alg: 'SHA-512', content: Buffer.from(hash, 'base64').toString('hex') }] : [],
  }
}
