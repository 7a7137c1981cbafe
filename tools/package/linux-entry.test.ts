import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { desktopEntry, desktopEntryFaults, metainfoFaults } from './linux-entry.ts'

const root = path.resolve(import.meta.dirname, '../..')
const metainfoFile = path.join(root, 'build/linux/ai.asteroid.files.metainfo.xml')
const metainfo = readFileSync(metainfoFile, 'utf8')
const { desktopName } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { desktopName: string }
const { name, text } = await desktopEntry(root)
const isThere = (program: string) => spawnSync(program, ['--version']).error === undefined

test('the menu entry of Linux’s packages has no fault, opens links, and belongs to the app’s windows', () => {
  expect(desktopEntryFaults(text)).toEqual([])
  expect(text).toContain('\nMimeType=x-scheme-handler/asteroid-files;\n')
  // Electron tells desktops this name for its windows.
  expect([name, text]).toEqual([
    desktopName,
    expect.stringContaining(`\nStartupWMClass=${path.parse(desktopName).name}\n`),
  ])
})

test('what software centres are told has no fault, and starts that entry', () => {
  expect(metainfoFaults(metainfo, name)).toEqual([])
})

test.skipIf(!isThere('desktop-file-validate'))('desktop-file-validate agrees', () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'desktop-entry-')), name)
  writeFileSync(file, text)
  const { status, stdout } = spawnSync('desktop-file-validate', [file], { encoding: 'utf8' })
  expect([stdout, status]).toEqual(['', 0])
})

test.skipIf(!isThere('appstreamcli'))('appstreamcli agrees', () => {
  const { status, stdout } = spawnSync('appstreamcli', ['validate', '--no-net', metainfoFile], { encoding: 'utf8' })
  // What it holds for good manners, such as a list of releases, is no fault.
  expect([stdout.split('\n').filter((line) => /^(E|W):/.test(line)), status]).toEqual([[], 0])
})

test.each([
  ['[Desktop Entry]', '[Entry]', 'it begins with [Entry]'],
  ['Type=Application\n', '', 'Type is missing'],
  ['Terminal=false', 'Terminal=no', 'Terminal can’t be “no”'],
  ['Terminal=false', 'Terminal=false\nTerminal=true', 'Terminal is there twice'],
  ['Exec="/opt/Asteroid Files/', 'Exec=/opt/Asteroid Files/', 'Exec can’t be'],
  ['%U', '%x', 'Exec can’t be'],
  ['Categories=Utility;', 'Categories=Utilities;', 'Utilities is no main category'],
  ['Categories=Utility;', 'Categories=Utility', 'Categories can’t be'],
  ['download;\n', 'download\n', 'Keywords can’t be'],
  ['GenericName', 'Genericname', 'Genericname is no key'],
])('a menu entry with %j made %j is told', (from, to, told) => {
  expect(text).toContain(from)
  expect(desktopEntryFaults(text.replace(from, to))).toContainEqual(expect.stringContaining(told))
})

test.each([
  ['<?xml version="1.0" encoding="UTF-8"?>\n', '', 'it does not begin as XML'],
  ['</p>', '', 'its tags do not match'],
  ['<name>Asteroid Files', '<name>Asteroid & Files', 'its tags do not match'],
  ['type="desktop-application"', 'type="desktop"', 'it is not about an application'],
  ['<id>ai.asteroid.files', '<id>asteroid files', 'its id is not'],
  ['asteroid-files.desktop', 'asteroid.desktop', 'it starts asteroid.desktop, not asteroid-files.desktop'],
  ['<project_license>MIT</project_license>', '', 'project_license is missing'],
  ['an Asteroid run</summary>', 'an Asteroid run.</summary>', 'ends with a full stop'],
  ['<content_rating type="oars-1.1"/>', '', 'it has no rating'],
  ['<ul>', '<list>', 'list is no known tag'],
])('metainfo with %j made %j is told', (from, to, told) => {
  expect(metainfo).toContain(from)
  expect(metainfoFaults(metainfo.replace(from, to), name)).toContainEqual(expect.stringContaining(told))
})
