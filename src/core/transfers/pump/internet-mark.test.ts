import { mkdtempSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { type MarkSystem, markFromInternet } from './internet-mark.ts'

/** Remembers what is done to the system; a stream's writing changes its file's time, as on NTFS. */
function fakeSystem(): { readonly system: MarkSystem; readonly done: unknown[] } {
  const done: unknown[] = []
  return {
    done,
    system: {
      async run(program, args) {
        done.push([program, ...args])
      },
      write(place, text) {
        done.push([place, text])
        utimesSync(place.replace(/:Zone\.Identifier$/, ''), new Date(), new Date())
      },
    },
  }
}

function fileOf(time: string): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'asteroid-files-mark-')), 'a.part')
  writeFileSync(file, 'a')
  utimesSync(file, new Date(time), new Date(time))
  return file
}

test('macOS gets the quarantine of a download by an app, for all files in one call', async () => {
  const { system, done } = fakeSystem()
  const before = Math.floor(Date.now() / 1_000)
  await markFromInternet('darwin', system)(['/t/a.part', '/t/b c.part'])
  const [[program, option, name, value, ...files] = []] = done as string[][]
  expect([program, option, name, files]).toEqual([
    '/usr/bin/xattr',
    '-w',
    'com.apple.quarantine',
    ['/t/a.part', '/t/b c.part'],
  ])
  // Flags as four hexadecimal digits; seconds in hexadecimal; the app; the event's UUID, which may be missing.
  const [flags, time, app, event, ...more] = value?.split(';') ?? []
  expect([flags, app, event, more]).toEqual(['0083', 'Asteroid Files', '', []])
  expect(time).toMatch(/^[0-9a-f]{8}$/)
  expect(Number.parseInt(time ?? '', 16) - before).toBeOneOf([0, 1])
})

test('Windows gets the stream that says the internet, no address in it, and each file keeps its time', async () => {
  const { system, done } = fakeSystem()
  const files = [fileOf('2020-01-02T03:04:05Z'), fileOf('2026-01-02T03:04:05Z')]
  await markFromInternet('win32', system)(files)
  expect(done).toEqual(files.map((file) => [`${file}:Zone.Identifier`, '[ZoneTransfer]\r\nZoneId=3\r\n']))
  expect(files.map((file) => statSync(file).mtime.toISOString())).toEqual([
    '2020-01-02T03:04:05.000Z',
    '2026-01-02T03:04:05.000Z',
  ])
})

test('a disk without streams keeps no file from being marked, nor from landing', async () => {
  const { system, done } = fakeSystem()
  const files = [fileOf('2020-01-02T03:04:05Z'), fileOf('2026-01-02T03:04:05Z')]
  const write: MarkSystem['write'] = (place, text) => {
    if (place.startsWith(files[0] ?? '')) throw new Error('EINVAL')
    system.write(place, text)
  }
  await markFromInternet('win32', { ...system, write })(files)
  expect(done.length).toBe(1)
})

test('Linux has no such mark', async () => {
  const { system, done } = fakeSystem()
  await markFromInternet('linux', system)(['/t/a.part'])
  expect(done).toEqual([])
})
