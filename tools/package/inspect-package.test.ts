import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createPackageWithOptions } from '@electron/asar'
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import { inspectPackage } from './inspect-package.ts'
import { packageRules } from './package-rules.ts'
import { findPackedApps, type PackedApp } from './packed-app.ts'
import { makeStandIn } from './stand-in.ts'

const electronPackage = path.resolve(import.meta.dirname, '../../node_modules/electron')
const modules = { needed: ['keytar'], allowed: ['zod'] }
const wholeApp = {
  'package.json': '{}',
  'out/main/index.js': '',
  'out/preload/index.cjs': '',
  'out/renderer/index.html': '',
  'node_modules/keytar/prebuilds/linux-x64/keytar.node': 'addon',
}
let folder: string

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'package-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a package with only what runs and every fuse flipped breaks no rule', async () => {
  const inspection = await inspectPackage(await pack(wholeApp), modules)
  expect(inspection.broken).toEqual([])
  expect(inspection).toMatchObject({ files: 5, appBytes: 7 })
})

test.each([
  ['out/main/index.js.map', 'out/main/index.js.map is never packed'],
  ['out/renderer/list.test.js', 'out/renderer/list.test.js is never packed'],
  ['out/e2e/electron-host/main.js', 'out/e2e/electron-host/main.js is never packed'],
  ['src/main/index.js', 'src/main/index.js is not part of the app'],
  ['node_modules/react/index.js', 'node_modules/react is not a dependency that runs'],
  ['node_modules/zod/node_modules/left/index.js', 'node_modules/left is not a dependency that runs'],
  ['node_modules/keytar/prebuilds/win32-x64/keytar.node', 'keytar.node is for another system'],
])('%s in a package is told', async (extra, told) => {
  const { broken } = await inspectPackage(await pack({ ...wholeApp, [extra]: 'x' }), modules)
  expect(broken).toEqual([expect.stringContaining(told)])
})

test('a package without the preload or the addon is told', async () => {
  const { 'out/preload/index.cjs': _preload, ...withoutPreload } = wholeApp
  expect((await inspectPackage(await pack(withoutPreload), modules)).broken).toEqual([
    'out/preload/index.cjs is missing',
  ])
  const { 'node_modules/keytar/prebuilds/linux-x64/keytar.node': _addon, ...withoutAddon } = wholeApp
  expect((await inspectPackage(await pack(withoutAddon), modules)).broken).toEqual([
    'node_modules/keytar is missing',
    'the keychain’s addon is missing',
  ])
})

test('an addon inside the archive, from where no system can load it, is told', async () => {
  const { broken } = await inspectPackage(await pack(wholeApp, { unpack: '' }), modules)
  expect(broken).toEqual(['node_modules/keytar/prebuilds/linux-x64/keytar.node is inside the archive'])
})

test('a package over its size budget is told', async () => {
  const large = { ...wholeApp, 'out/main/large.js': 'x'.repeat(packageRules.appBytes) }
  expect((await inspectPackage(await pack(large), modules)).broken).toEqual([expect.stringContaining('are over')])
})

test('a fuse that was not flipped is told by its name', async () => {
  const app = await pack(wholeApp)
  await flipFuses(app.binary, { version: FuseVersion.V1, [FuseV1Options.RunAsNode]: true })
  expect((await inspectPackage(app, modules)).broken).toEqual(['the fuse RunAsNode is on'])
})

test('what electron-builder is told to flip is what the rules want of each fuse', () => {
  const { resetAdHocDarwinSignature: _signature, ...told } = builderOptions().electronFuses
  const wanted = Object.entries(packageRules.fuses).map(([name, on]) => [
    `${name[0]?.toLowerCase()}${name.slice(1)}`,
    on,
  ])
  expect(told).toEqual(Object.fromEntries(wanted))
})

test('the app lies in an archive, whose hash the fuses check, and no more than addons beside it', () => {
  expect(builderOptions()).toMatchObject({ asar: true, asarUnpack: ['**/*.node'] })
})

function builderOptions() {
  const text = readFileSync(path.resolve(import.meta.dirname, '../../electron-builder.yml'), 'utf8')
  return parse(text) as { readonly electronFuses: Readonly<Record<string, boolean>> }
}

async function pack(files: Readonly<Record<string, string>>, { unpack = '**/*.node' } = {}): Promise<PackedApp> {
  const output = mkdtempSync(path.join(folder, 'output-'))
  const root = path.join(output, 'linux-unpacked')
  makeStandIn(root, electronPackage)
  const source = mkdtempSync(path.join(folder, 'source-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(source, name)), { recursive: true })
    writeFileSync(path.join(source, name), text)
  }
  await createPackageWithOptions(source, path.join(root, 'resources', 'app.asar'), unpack === '' ? {} : { unpack })
  const binary = path.join(root, 'electron')
  await flipFuses(binary, { version: FuseVersion.V1, ...wantedFuses() })
  const [app] = findPackedApps(output)
  if (!app) throw new Error('The package was not found.')
  return { ...app, binary }
}

function wantedFuses(): Partial<Record<FuseV1Options, boolean>> {
  return Object.fromEntries(
    Object.entries(packageRules.fuses).map(([name, on]) => [FuseV1Options[name as keyof typeof FuseV1Options], on]),
  )
}
