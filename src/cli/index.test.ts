import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { startContractProxy } from '../core/api/contract-proxy.fixture.ts'
import { startServer } from '../core/api/local-server.fixture.ts'
import { filesBelow } from '../core/transfers/folders.fixture.ts'
import { fileDetailsSchema } from '../shared/models/listing.ts'
import { runCli, temporaryFolder } from './run-cli.fixture.ts'
import { account, finished, huge, sample } from './served-sample.fixture.ts'

const endings: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0)) await end()
})

test('the help teaches by example, on standard output, and each command has its own', async () => {
  const [all, get] = await Promise.all([runCli(['--help']), runCli(['get', '--help'])])
  expect([all.status, all.stderr, get.status, get.stderr]).toEqual([0, '', 0, ''])
  expect(all.stdout).toContain('asteroid-files ls --sample')
  expect(get.stdout).toMatch(/^asteroid-files get EXECUTION/)
})

test('the version is that of the package', async () => {
  const { version } = JSON.parse(await readFile(path.join(import.meta.dirname, '../../package.json'), 'utf8'))
  expect(await runCli(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
})

test('wrong usage says what is wrong, and prints no result', async () => {
  const plainHttp = ['ls', '3f2504e0-4f89-41d3-9a0c-0305e82c3301', '--base-url', 'http://elsewhere.example']
  const environment = { ASTEROID_API_KEY: 'k' }
  const ended = await Promise.all([['fetch'], plainHttp].map((args) => runCli(args, { environment })))
  for (const { status, stdout } of ended) expect([status, stdout]).toEqual([2, ''])
  expect(ended.map(({ stderr }) => stderr).join('')).toMatch(/“fetch” is not a command.*\n.*elsewhere\.example/)
})

test('the sample runs are listed without a key, and named by id', async () => {
  const { status, stdout } = await runCli(['ls', '--sample', '--json'])
  const runs = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect([status, runs.map((run) => run.executionId)]).toEqual([0, sample.runs.map((run) => run.executionId)])
})

test('ls --json prints the fields of the contract, without the link, and the path', async () => {
  const { status, stdout, stderr } = await runCli(['ls', finished, '--json'], { environment: account })
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect([status, stderr, lines.length]).toEqual([0, '', 110])
  for (const line of lines)
    expect(Object.keys(line).sort()).toEqual(Object.keys(fileDetailsSchema.unwrap().shape).sort())
  expect(lines.find((line) => line.fileName === 'invoices.csv')).toMatchObject({
    path: 'workspace/invoices.csv',
    directory: 'workspace',
    filePath: '/home/agent/workspace/invoices.csv',
    executionId: finished,
  })
  expect(stdout).not.toContain('signature=')
})

test('ls takes a web address, and prints what is below a path', async () => {
  const address = `https://platform.asteroid.ai/executions/${finished}`
  const { stdout } = await runCli(['ls', address, 'workspace/report/'], { environment: account })
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.split('  ').at(-1)),
  ).toEqual([
    'workspace/report/images/by-month.jpg',
    'workspace/report/images/by-month.png',
    'workspace/report/index.html',
    'workspace/report/report.md',
  ])
})

test('ls and get take several paths and patterns, and mean the same by them', async () => {
  const environment = account
  const paths = ['./workspace/report/*.md', 'by-month.*', 'suppliers.csv', 'shared']
  const listed = await runCli(['ls', finished, ...paths, '--json'], { environment })
  const names = listed.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).path)
  expect(listed.status).toBe(0)
  expect(names.length).toBeGreaterThan(4)
  expect(names).toEqual(expect.arrayContaining(['shared/memory.json', 'workspace/report/images/by-month.jpg']))
  expect(names.filter((name) => name.endsWith('.md'))).toEqual(['workspace/report/report.md'])
  const unsorted = await runCli(['ls', finished, ...paths, '--json', '--unsorted'], { environment })
  expect(unsorted.stdout.split('\n').toSorted()).toEqual(listed.stdout.split('\n').toSorted())
  const to = temporaryFolder()
  expect((await runCli(['get', finished, ...paths, '--to', to], { environment })).status).toBe(0)
  expect((await filesBelow(to)).toSorted()).toEqual(names.toSorted())
})

test('of a mistyped path, ls and get name the one that may have been meant', async () => {
  const environment = account
  const words = 'There is nothing at “worspace” in this run. Did you mean “workspace”?\n'
  for (const command of [
    ['ls', finished, 'worspace'],
    ['get', finished, 'worspace', '--to', temporaryFolder()],
  ]) {
    const { status, stderr } = await runCli(command, { environment })
    expect([status, stderr]).toEqual([4, words])
  }
})

test('a pattern that names nothing is told, beside what another names', async () => {
  const environment = account
  const { status, stdout, stderr } = await runCli(['ls', finished, 'shared/memory.json', '*.nonsense'], { environment })
  expect([status, stderr]).toEqual([4, 'There is nothing at “*.nonsense” in this run.\n'])
  expect(stdout).toContain('shared/memory.json')
  expect((await runCli(['get', finished, '*.nonsense', '--to', temporaryFolder()], { environment })).status).toBe(4)
})

test('a name with control characters cannot command the terminal', async () => {
  const { stdout } = await runCli(['ls', finished, 'workspace/odd names'], { environment: account })
  expect(stdout.split('\n').filter((line) => line !== '')).toHaveLength(31)
  expect(stdout).not.toMatch(/[\t\r\u202e\x1b]/)
})

test.each([
  ['no key', 3, () => ({ ASTEROID_BASE_URL: sample.base })],
  ['no key and no server', 3, () => ({ ASTEROID_BASE_URL: 'http://127.0.0.1:1' })],
  ['a key that is refused', 3, () => ({ ...account, ASTEROID_API_KEY: 'wrong-secret-word' })],
  ['a server that is not there', 5, () => ({ ...account, ASTEROID_BASE_URL: 'http://127.0.0.1:1' })],
  ['proxy settings that make no sense', 2, () => ({ ...account, HTTPS_PROXY: 'ftp://proxy.example' })],
] as const)('with %s, the exit status is %i', async (_, expected, environment) => {
  const commands = [['ls'], ['ls', finished], ['get', finished, '--to', temporaryFolder()]]
  const ended = await Promise.all(commands.map((args) => runCli(args, { environment: environment() })))
  for (const { status, stdout, stderr } of ended) {
    expect([status, stdout]).toEqual([expected, ''])
    expect(stderr).not.toMatch(/wrong-secret-word|node:internal/)
  }
})

test('an execution or a path that is not there is not found', async () => {
  const environment = account
  const unknown = '3f2504e0-4f89-41d3-9a0c-0305e82c3301'
  expect((await runCli(['ls', unknown], { environment })).status).toBe(4)
  expect((await runCli(['ls', finished, 'nowhere'], { environment })).status).toBe(4)
  const to = temporaryFolder()
  expect((await runCli(['get', finished, 'workspace', 'nowhere', '--to', to], { environment })).status).toBe(4)
  expect(await filesBelow(to)).toEqual([])
})

test('a path may be given as a shell or the API has it', async () => {
  const environment = account
  const listed = (given: string) => runCli(['ls', finished, given], { environment })
  const plain = await listed('workspace/invoices.csv')
  expect(plain.stdout).toContain('workspace/invoices.csv')
  for (const given of ['./workspace/invoices.csv', '/home/agent/workspace/invoices.csv'])
    expect(await listed(given)).toEqual(plain)
  const to = temporaryFolder()
  const paths = ['./workspace/invoices.csv', 'suppliers.csv']
  expect((await runCli(['get', finished, ...paths, '--to', to], { environment })).status).toBe(0)
  expect((await filesBelow(to)).length).toBe(2)
})

test('an answer that is no listing is unusable', async () => {
  const server = await startServer((_, response) => response.end('<html>Sign in to the Wi-Fi'))
  endings.push(server.close)
  const base = `http://127.0.0.1:${server.port}`
  const { status, stderr } = await runCli(['ls', finished, '--base-url', base], { environment: account })
  expect([status, stderr]).toEqual([5, 'The server’s answer could not be used: it is not JSON.\n'])
})

test('an API that asks for a little patience is asked again', async () => {
  let asked = 0
  const server = await startServer((_, response) => {
    asked += 1
    if (asked === 1) response.writeHead(429, { 'retry-after': '1' }).end()
    else response.end('{"directories":{"shared":[]}}')
  })
  endings.push(server.close)
  const base = `http://127.0.0.1:${server.port}`
  expect(await runCli(['ls', finished, '--base-url', base], { environment: account })).toEqual({
    status: 0,
    stdout: '',
    stderr: 'The API asks you to wait. Trying again in 1 second.\n',
  })
})

test('entries that could not be read are counted', async () => {
  const server = await startServer((_, response) => response.end('{"directories":{"shared":[{},7]}}'))
  endings.push(server.close)
  const base = `http://127.0.0.1:${server.port}`
  const { status, stderr } = await runCli(['ls', finished, '--base-url', base], { environment: account })
  expect([status, stderr]).toEqual([0, '2 entries could not be understood and were left out.\n'])
})

test('a reader that has enough ends the listing quietly', async () => {
  const { status, stderr } = await runCli(['ls', huge], {
    environment: account,
    whileRunning: (child) => child.stdout?.once('data', () => child.stdout?.destroy()),
  })
  expect([status, stderr]).toEqual([0, ''])
})

test.skipIf(!existsSync('/dev/full'))('results that can’t be written end in a sentence', async () => {
  const toFull = (command: readonly string[]) => ['sh', '-c', 'exec "$@" > /dev/full', '-', ...command]
  const ended = await Promise.all(
    [['ls'], ['ls', huge], ['--help']].map((args) => runCli(args, { environment: account, through: toFull })),
  )
  for (const { status, stderr } of ended)
    expect([status, stderr]).toEqual([
      1,
      'Standard output could not be written (the disk is full): it is incomplete.\n',
    ])
})

test('an API that does not tell of its executions is told from one that is not there', async () => {
  const server = await startServer((_, response) => response.writeHead(404).end('Not found.'))
  endings.push(server.close)
  const base = `http://127.0.0.1:${server.port}`
  const { status, stderr } = await runCli(['ls', '--base-url', base], { environment: account })
  expect([status, stderr]).toEqual([2, expect.stringContaining('does not list executions')])
})

test('an address of the API that is none is named', async () => {
  const { status, stderr } = await runCli(['ls', finished, '--base-url', 'x'], { environment: account })
  expect([status, stderr]).toEqual([2, expect.stringContaining('“x” is not a web address.')])
})

test('the account’s executions are listed where the API tells of them', async () => {
  const { status, stdout } = await runCli(['ls', '--json'], { environment: account })
  const ids = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).executionId)
  expect([status, ids.toSorted()]).toEqual([0, sample.runs.map((run) => run.executionId).toSorted()])
})

test('between the command line and the sample, the contract is kept to the letter', async () => {
  const proxy = await startContractProxy(sample.base)
  endings.push(proxy.close)
  const environment = { ...account, ASTEROID_BASE_URL: proxy.base }
  await runCli(['ls', finished], { environment })
  await runCli(['get', finished, 'shared', '--to', temporaryFolder()], { environment })
  expect([proxy.checked() >= 2, proxy.faults]).toEqual([true, []])
})
