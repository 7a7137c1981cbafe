import { existsSync, readdirSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startServer } from '../core/api/local-server.fixture.ts'
import { runCli, temporaryFolder } from './run-cli.fixture.ts'

const executionId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301'
const endings: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const end of endings.splice(0)) await end()
})

/** A run whose files and status a test changes as it goes. */
async function startRun(files: Record<string, string>) {
  const state = { files, updatedAt: '2026-11-20T10:00:00Z', status: 'running', listings: 0, gone: false }
  const server = await startServer((request, response) => {
    const url = request.url ?? ''
    if (url.startsWith('/storage/')) response.end(state.files[decodeURIComponent(url.slice('/storage/'.length))])
    else if (url.endsWith('/files') && state.gone) response.writeHead(404).end('Execution not found.')
    else if (url.endsWith('/files')) {
      state.listings += 1
      const shared = Object.entries(state.files).map(([name, body]) => ({
        id: name,
        filePath: name,
        fileName: name,
        fileSize: body.length,
        updatedAt: name.startsWith('new') ? '2026-11-20T11:00:00Z' : state.updatedAt,
        downloadUrl: `/storage/${name}`,
      }))
      response.end(JSON.stringify({ directories: { shared } }))
    } else if (state.status === 'untold') response.writeHead(404).end('Not found.')
    else response.end(JSON.stringify({ id: executionId, status: state.status }))
  })
  endings.push(server.close)
  const to = temporaryFolder()
  const environment = { ASTEROID_API_KEY: 'k', HOME: temporaryFolder() }
  const args = ['pull', executionId, '--to', to, '--json', '--base-url', `http://127.0.0.1:${server.port}`]
  return { state, to, args, environment, pull: (...more: string[]) => runCli([...args, ...more], { environment }) }
}

test('pulling again brings what is new or changed, and leaves what the person changed', async () => {
  const { state, to, pull } = await startRun({ 'a.txt': 'one', 'b.txt': 'two' })
  expect(JSON.parse((await pull()).stdout)).toMatchObject({ done: 2, skipped: 0 })
  await writeFile(path.join(to, 'shared/b.txt'), 'my own words')
  state.files = { ...state.files, 'a.txt': 'one, and more', 'b.txt': 'two, and more', 'new.txt': 'three' }
  state.updatedAt = '2026-11-20T11:00:00Z'
  const { status, stdout, stderr } = await pull()
  expect([status, JSON.parse(stdout)]).toMatchObject([0, { done: 2, failed: 0, skipped: 1 }])
  expect(stderr).toContain('2 brought, 1 left as they were.')
  expect(stderr).toContain('  shared/b.txt\n')
  const read = (name: string) => readFile(path.join(to, 'shared', name), 'utf8')
  expect([await read('a.txt'), await read('b.txt'), await read('new.txt')]).toEqual([
    'one, and more',
    'my own words',
    'three',
  ])
})

test('a folder that is kept in step with another run is refused', async () => {
  const { to, pull } = await startRun({ 'a.txt': 'one' })
  const other = '9e47b1f2-7a42-4b6e-9c1d-2e8f0a6b4d11'
  await writeFile(path.join(to, `.asteroid-files-${other}`), '')
  const { status, stdout, stderr } = await pull()
  expect([status, stdout, stderr]).toEqual([2, '', expect.stringContaining(`in step with another run, ${other}.`)])
})

test('a pull that is stopped says as many as there are', async () => {
  const files = Object.fromEntries(Array.from({ length: 4_000 }, (_, index) => [`f${index}`, 'some']))
  const { to, args, environment } = await startRun(files)
  const folder = path.join(to, 'shared')
  const { status, stdout, stderr } = await runCli(args, {
    environment,
    whileRunning(child) {
      const timer = setInterval(() => existsSync(folder) && child.kill('SIGINT') && clearInterval(timer), 1)
      child.once('exit', () => clearInterval(timer))
    },
  })
  const whole = readdirSync(folder).filter((name) => !name.endsWith('.part')).length
  expect([status, JSON.parse(stdout)]).toMatchObject([130, { done: whole, left: 4_000 - whole }])
  expect(stderr).toContain(`${whole.toLocaleString('en')} brought, 0 left as they were.`)
})

// These mostly wait for the next listing, and so they wait together: on a busy computer, longer than others.
const patience = { timeout: 120_000 }
test.concurrent('with --follow it goes on until the run has ended', patience, async () => {
  const { state, to, pull } = await startRun({ 'a.txt': 'one' })
  const pulled = pull('--follow')
  await expect.poll(() => state.listings, { timeout: 90_000 }).toBeGreaterThanOrEqual(2)
  state.files = { ...state.files, 'new.txt': 'three' }
  state.status = 'completed'
  const { status, stdout, stderr } = await pulled
  expect([status, stdout.trim().split('\n').length]).toEqual([0, 2])
  expect(stderr).toContain('The run has ended.')
  expect(await readFile(path.join(to, 'shared/new.txt'), 'utf8')).toBe('three')
})

test.concurrent('a run that can no longer be had is not said to have ended', patience, async () => {
  const { state, pull } = await startRun({ 'a.txt': 'one' })
  const pulled = pull('--follow')
  await expect.poll(() => state.listings, { timeout: 90_000 }).toBeGreaterThanOrEqual(2)
  state.gone = true
  const { status, stderr } = await pulled
  expect(status).toBe(4)
  expect(stderr).not.toContain('The run has ended.')
})

test.concurrent('Ctrl-C ends following with a sentence', patience, async () => {
  const { args, environment } = await startRun({ 'a.txt': 'one' })
  const { status, stderr } = await runCli([...args, '--follow'], {
    environment,
    whileRunning: (child) =>
      child.stderr?.on('data', (text) => {
        if (String(text).includes('Following the run')) child.kill('SIGINT')
      }),
  })
  expect(status).toBe(130)
  expect(stderr).toContain('Stopped following.')
})

test.concurrent('where the API does not tell whether a run goes on, that is said', patience, async () => {
  const { state, args, environment } = await startRun({ 'a.txt': 'one' })
  state.status = 'untold'
  const { status, stderr } = await runCli([...args, '--follow'], {
    environment,
    whileRunning: (child) =>
      child.stderr?.on('data', (text) => {
        if (String(text).includes('does not tell whether this run has ended')) child.kill('SIGINT')
      }),
  })
  expect(status).toBe(130)
  expect(stderr.match(/does not tell/g)).toHaveLength(1)
})
