import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { startServer } from '../core/api/local-server.fixture.ts'
import { filesBelow } from '../core/transfers/folders.fixture.ts'
import { runCli, temporaryFolder } from './run-cli.fixture.ts'
import { account, finished, key, sample } from './served-sample.fixture.ts'

const endings: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0)) await end()
})

test.skipIf(process.platform !== 'linux')('a target that can’t be made ends in a sentence', async () => {
  const { status, stderr } = await runCli(['get', finished, '--to', '/proc/nope'], { environment: account })
  expect([status, stderr]).toEqual([1, expect.stringContaining('“/proc/nope” can’t be made')])
})

test('get writes each file to its directory and path, every byte the same', async () => {
  const to = temporaryFolder()
  const { status, stdout, stderr } = await runCli(['get', finished, '--to', to, '--json'], { environment: account })
  expect(status).toBe(0)
  const result = JSON.parse(stdout)
  expect(result).toMatchObject({ done: 110, failed: 0, skipped: 0 })
  expect(stderr).toContain('110 of 110 files')
  expect(stderr).not.toMatch(/[\r\x1b]/)
  expect(stderr).toContain('  workspace/odd names/CON.txt -> workspace/odd names/_CON.txt\n')
  expect((await filesBelow(to)).length).toBe(110)
  const answer = await fetch(`${sample.base}/executions/${finished}/files`, {
    headers: { 'X-Asteroid-Agents-Api-Key': key },
  })
  const { directories } = (await answer.json()) as {
    directories: Record<string, readonly { readonly filePath: string; readonly downloadUrl: string }[]>
  }
  const plain = Object.values(directories)
    .flat()
    .filter((file) => !file.filePath.includes('odd names'))
  expect(plain.length).toBeGreaterThan(70)
  for (const file of plain) {
    const onDisk = await readFile(path.join(to, file.filePath.replace('/home/agent/', '')))
    const served = Buffer.from(await (await fetch(file.downloadUrl)).arrayBuffer())
    expect([file.filePath, onDisk.equals(served)]).toEqual([file.filePath, true])
  }
})

// Five runs of the program, one after the other: on a busy computer, longer than others.
const patience = { timeout: 120_000 }
test('a second get says what was there, and --existing what becomes of a changed file', patience, async () => {
  const to = temporaryFolder()
  const file = path.join(to, 'shared/memory.json')
  const get = (...more: string[]) =>
    runCli(['get', finished, 'shared/memory.json', '--to', to, ...more], { environment: account })
  expect((await get()).stderr).toContain(`One file is in “${to}”.`)
  const original = await readFile(file, 'utf8')
  await writeFile(file, 'my own words')
  const names = async () => (await filesBelow(to)).toSorted()
  expect((await get('--existing', 'skip')).status).toBe(0)
  expect(await names()).toEqual(['shared/memory.json'])
  await get()
  expect((await get()).stderr).toContain(`One file is in “${to}”, and was there already.`)
  expect(await names()).toEqual(['shared/memory (2).json', 'shared/memory.json'])
  expect(await readFile(file, 'utf8')).toBe('my own words')
  await get('--existing', 'replace')
  expect(await readFile(file, 'utf8')).toBe(original)
})

test('get takes only what the paths name', async () => {
  const to = temporaryFolder()
  const paths = ['workspace/report/images', 'shared/memory.json']
  expect((await runCli(['get', finished, ...paths, '--to', to], { environment: account })).status).toBe(0)
  expect((await filesBelow(to)).sort()).toEqual([
    'shared/memory.json',
    'workspace/report/images/by-month.jpg',
    'workspace/report/images/by-month.png',
  ])
})

test('a file that fails is named, the others arrive, and the exit status is 1', async () => {
  const file = (name: string, fileSize: number) => ({
    id: name,
    filePath: name,
    fileName: name,
    fileSize,
    downloadUrl: '/content',
  })
  const server = await startServer((request, response) => {
    const shared = [file('good.txt', 5), file('short.txt', 500)]
    response.end(request.url?.endsWith('/files') ? JSON.stringify({ directories: { shared } }) : 'hello')
  })
  endings.push(server.close)
  const to = temporaryFolder()
  const args = ['get', finished, '--to', to, '--json', '--base-url', `http://127.0.0.1:${server.port}`]
  const { status, stdout, stderr } = await runCli(args, { environment: account })
  expect([status, JSON.parse(stdout)]).toMatchObject([1, { done: 1, failed: 1, skipped: 0 }])
  expect(stderr).toContain('shared/short.txt')
  expect(await filesBelow(to)).toEqual(['shared/good.txt'])
})

test('a target that is no folder is named', async () => {
  const to = path.join(import.meta.dirname, 'index.ts')
  const { status, stdout, stderr } = await runCli(['get', finished, 'shared', '--to', to], { environment: account })
  expect([status, stdout]).toEqual([1, ''])
  expect(stderr).toContain(`“${to}” can’t be made: a file is in the way.`)
})

test('an interrupted download exits with 130, and no file under its final name is short', async () => {
  const file = { id: 'a', filePath: 'slow.bin', fileName: 'slow.bin', fileSize: 1_000_000, downloadUrl: '/content' }
  let interrupt = () => {}
  const server = await startServer((request, response) => {
    if (request.url?.endsWith('/files')) response.end(JSON.stringify({ directories: { shared: [file] } }))
    else response.write('the first bytes', () => interrupt())
  })
  endings.push(server.close)
  const to = temporaryFolder()
  const { status } = await runCli(['get', finished, '--to', to, '--base-url', `http://127.0.0.1:${server.port}`], {
    environment: account,
    whileRunning: (child) => {
      interrupt = () => child.kill('SIGINT')
    },
  })
  expect(status).toBe(130)
  expect((await filesBelow(to)).filter((name) => name.endsWith('slow.bin'))).toEqual([])
})

const hasScript = existsSync('/usr/bin/script')
if (!hasScript) process.stderr.write('Tests in a terminal are skipped: script (util-linux) is not installed.\n')
describe.skipIf(!hasScript)('in a terminal', () => {
  test('progress is a bar, drawn over', async () => {
    const { stdout } = await runCli(['get', finished, 'downloads', '--to', temporaryFolder()], {
      environment: account,
      through: (command) => ['script', '-qec', command.join(' '), '/dev/null'],
    })
    expect(stdout).toMatch(/\r\x1b\[K\[#{24}\] 51 of 51 files/)
  })
})
