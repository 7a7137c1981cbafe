import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { archiveFaults, findArchives } from './read-archive.ts'

let output: string
let folder: string
beforeEach(() => {
  output = mkdtempSync(path.join(tmpdir(), 'archives-'))
  folder = path.join(output, 'linux-unpacked')
  mkdirSync(path.join(folder, 'resources'), { recursive: true })
  for (const name of ['asteroid-files', 'resources/app.asar']) writeFileSync(path.join(folder, name), name)
})

function pack(name: string): string {
  const archive = path.join(output, name)
  expect(spawnSync('tar', ['-czf', archive, path.basename(folder)], { cwd: output }).status).toBe(0)
  return archive
}

test('an archive that holds the whole folder has no fault', () => {
  const archive = pack('asteroid-files-1.0.0-linux-x64.tar.gz')
  expect(findArchives(output)).toEqual([{ archive, folder }])
  expect(archiveFaults(archive, folder)).toEqual([])
})

test('a file that an archive lacks, and one that only it has, are told', () => {
  const archive = pack('a-linux-x64.tar.gz')
  rmSync(path.join(folder, 'asteroid-files'))
  writeFileSync(path.join(folder, 'later'), '')
  expect(archiveFaults(archive, folder)).toEqual([
    'later is not in a-linux-x64.tar.gz',
    'asteroid-files is only in a-linux-x64.tar.gz',
  ])
})

test('what is no archive, or was cut, can’t be read', () => {
  const archive = path.join(output, 'a-linux-arm64.tar.gz')
  writeFileSync(archive, 'cut')
  expect(archiveFaults(archive, folder)).toEqual(['a-linux-arm64.tar.gz can’t be read'])
  expect(findArchives(output)).toEqual([{ archive, folder: path.join(output, 'linux-arm64-unpacked') }])
})
