import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { advisoryFaults } from '../supply-chain/advisories.ts'
import { billOfMaterials } from '../supply-chain/bill-of-materials.ts'
import { collectLicences, shippedPlaces } from '../supply-chain/licences.ts'
import {
  closure,
  type Lockfile,
  licencesFile,
  type Manifest,
  readLockfile,
  readManifest,
} from '../supply-chain/lockfile.ts'
import {
  doubledDependencies,
  licenceFaults,
  lockfileFaults,
  looseVersions,
  reasonFaults,
  scriptFaults,
} from './supply-chain.ts'

const root = path.resolve(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

describe('this repository', () => {
  const manifest = readManifest(root)
  const lockfile = readLockfile(root)
  const licences = collectLicences(root, manifest, lockfile)

  test('pins every dependency to one version', () => {
    expect(looseVersions(manifest)).toEqual([])
  })

  test('names each dependency as one kind', () => {
    expect(doubledDependencies(manifest)).toEqual([])
  })

  test('locks every package by its hash and names no host', () => {
    expect(lockfileFaults(lockfile, manifest)).toEqual([])
  })

  test('runs no install script but those allowed by name', () => {
    expect(scriptFaults(lockfile, manifest)).toEqual([])
  })

  test('ships only what permissive licences cover', () => {
    expect(licenceFaults(licences.packages)).toEqual([])
    expect(licences.packages.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['@github/keytar', 'undici', 'zod']),
    )
  })

  test('shows the licences of what it ships, as `npm run licences` collects them', () => {
    expect(JSON.parse(read(licencesFile))).toEqual(licences)
  })

  test('counts what the window bundles, and Electron, as shipped', () => {
    expect(shippedPlaces(root, manifest, lockfile)).toEqual(
      expect.arrayContaining(['electron', 'undici', 'dompurify', 'pdfjs-dist'].map((name) => `node_modules/${name}`)),
    )
  })

  test('names all that it ships, Electron first, in its bill of materials', () => {
    const [electron, ...libraries] = billOfMaterials(root, manifest, lockfile)
    expect(electron).toMatchObject({ name: 'electron', type: 'framework', version: manifest.devDependencies.electron })
    expect(libraries.map(({ name }) => name)).toEqual(licences.packages.map(({ name }) => name))
    expect(libraries.every(({ hashes }) => hashes[0]?.content.length === 128)).toBe(true)
  })

  test('gives a reason for every runtime dependency', () => {
    expect(reasonFaults(manifest, read('docs/dependencies.md'))).toEqual([])
  })
})

describe('what the checks find', () => {
  const manifest: Manifest = {
    name: 'app',
    version: '1.0.0',
    dependencies: { a: '1.2.3' },
    devDependencies: {},
    allowScripts: {},
  }
  const locked = { version: '1.2.3', integrity: 'sha512-x', license: 'MIT' }

  test.each(['^1.2.3', '~1.2.3', '*', 'latest', '1.x', 'git+https://host.example/a', 'npm:b@^1.0.0'])(
    'a version %s is not exact',
    (version) => {
      expect(looseVersions({ ...manifest, dependencies: { a: version } })).toEqual([`a is not pinned: ${version}`])
    },
  )

  test.each(['1.2.3', '1.2.3-beta.1', 'npm:@scope/b@1.2.3'])('a version %s is exact', (version) => {
    expect(looseVersions({ ...manifest, dependencies: { a: version } })).toEqual([])
  })

  test('a package that is both kinds of dependency', () => {
    expect(doubledDependencies({ ...manifest, devDependencies: { a: '1.2.3' } })).toEqual([
      'a is in dependencies and in devDependencies',
    ])
  })

  test('an address, a missing hash and another version in the lockfile', () => {
    const lockfile: Lockfile = {
      packages: {
        '': { dependencies: { a: '1.2.2' } },
        'node_modules/a': { ...locked, resolved: 'https://host.example/a.tgz' },
        'node_modules/b': { version: '1.0.0' },
      },
    }
    expect(lockfileFaults(lockfile, manifest)).toEqual([
      'node_modules/a names a host',
      'node_modules/b has no hash',
      'a differs between package.json and the lockfile',
    ])
  })

  test('an install script that nobody decided about, also under another name, and one allowed without trust', () => {
    const lockfile: Lockfile = {
      packages: { 'node_modules/a': { ...locked, name: '@fork/a', hasInstallScript: true } },
    }
    expect(scriptFaults(lockfile, manifest)).toEqual([expect.stringContaining('@fork/a has an install script')])
    expect(scriptFaults(lockfile, { ...manifest, allowScripts: { '@fork/a': true } })).toEqual([
      '@fork/a may run an install script',
    ])
    expect(scriptFaults(lockfile, { ...manifest, allowScripts: { '@fork/a': false } })).toEqual([])
  })

  test('a licence that asks for more, and none', () => {
    expect(
      licenceFaults([
        { name: 'a', licence: 'GPL-3.0' },
        { name: 'b', licence: '' },
      ]),
    ).toEqual(['a has the licence GPL-3.0', 'b has the licence none'])
  })

  test('a dependency without a reason, and a reason without its dependency', () => {
    expect(reasonFaults(manifest, '### `b`\nOnce needed.')).toEqual([
      'a has no reason in docs/dependencies.md',
      'b is explained and not a dependency',
    ])
  })

  test('a known fault that nobody explained, in what is shipped and in a tool, and an explanation of none', () => {
    const advisory = (name: string, id: string) => ({
      via: [{ title: `${name} is weak`, url: `https://github.com/advisories/${id}`, severity: 'high' }],
      nodes: [`node_modules/${name}`],
    })
    const vulnerabilities = {
      shown: advisory('shown', 'GHSA-aaaa-aaaa-aaaa'),
      tool: advisory('tool', 'GHSA-bbbb-bbbb-bbbb'),
      known: advisory('known', 'GHSA-cccc-cccc-cccc'),
      // Found because of another.
      above: { via: ['tool'], nodes: ['node_modules/above'] },
    }
    const document = 'GHSA-cccc-cccc-cccc needs a file that only we write. GHSA-dddd-dddd-dddd too.'
    expect(advisoryFaults({ vulnerabilities }, ['node_modules/shown'], document)).toEqual([
      'shown, which is shipped: shown is weak (high, GHSA-aaaa-aaaa-aaaa)',
      'tool, a tool: tool is weak (high, GHSA-bbbb-bbbb-bbbb)',
      'GHSA-dddd-dddd-dddd is explained and no longer found',
    ])
    expect(advisoryFaults({ vulnerabilities: {} }, [], '')).toEqual([])
  })

  test('dependencies of dependencies are found, the nearest copy first', () => {
    const lockfile: Lockfile = {
      packages: {
        'node_modules/a': { ...locked, dependencies: { b: '^1.0.0' } },
        'node_modules/a/node_modules/b': { ...locked, dependencies: { c: '^1.0.0' } },
        'node_modules/b': locked,
        'node_modules/c': locked,
        'node_modules/d': locked,
      },
    }
    expect(closure(lockfile, ['a'])).toEqual(['node_modules/a', 'node_modules/a/node_modules/b', 'node_modules/c'])
  })
})
