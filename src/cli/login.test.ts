import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sample, startSample } from '../core/sample/sample.ts'
import { runCli, temporaryFolder } from './run-cli.fixture.ts'

let sample: Sample
beforeAll(async () => {
  sample = await startSample({ key: 'login-test-key', largeFileBytes: 1_000, fileCount: 10 })
})
afterAll(() => sample.close())
const base = () => ['--base-url', sample.base]

test('a key that the API refuses is not kept', async () => {
  const { status, stdout, stderr } = await runCli(['login', ...base()], { input: 'wrong-key\n' })
  expect([status, stdout]).toEqual([3, ''])
  expect(stderr).toContain('refused this key')
  expect(stderr).not.toContain('wrong-key')
})

test('what is no key is not sent', async () => {
  const login = (input: string) => runCli(['login', '--base-url', 'http://127.0.0.1:1'], { input })
  expect(await login('two words\n')).toMatchObject({ status: 2, stderr: expect.stringContaining('look like a key') })
  for (const input of ['', '\n'])
    expect(await login(input)).toMatchObject({
      status: 2,
      stderr: 'There is no key on standard input. --help tells more.\n',
    })
})

test('where there is no keychain, it says what works without one', async () => {
  const { status, stderr } = await runCli(['login', ...base()], { input: 'login-test-key\n' })
  expect(status).toBe(3)
  expect(stderr).toContain('ASTEROID_API_KEY works without it.')
})

const hasScript = existsSync('/usr/bin/script')
if (!hasScript) process.stderr.write('The test of typing a key is skipped: script (util-linux) is not installed.\n')
test.skipIf(!hasScript)('a key that is typed in a terminal is not shown', async () => {
  const { stdout } = await runCli(['login', ...base()], {
    input: null,
    through: (command) => ['script', '-qec', command.join(' '), '/dev/null'],
    whileRunning: (child) =>
      child.stdout?.on('data', (text) => {
        if (String(text).includes('API key for')) child.stdin?.write('typed-secret\r')
      }),
  })
  expect(stdout).toContain('refused this key')
  expect(stdout).not.toContain('typed')
})

test.skipIf(!hasScript)('Ctrl-C at the question is an interruption', async () => {
  const { status } = await runCli(['login', ...base()], {
    input: null,
    through: (command) => ['script', '-qec', command.join(' '), '/dev/null'],
    whileRunning: (child) =>
      child.stdout?.on('data', (text) => {
        if (String(text).includes('API key for')) child.stdin?.write('\x03')
      }),
  })
  expect(status).toBe(130)
})

const parts = ['/usr/bin/gnome-keyring-daemon', '/usr/bin/dbus-run-session', '/usr/share/doc/libsecret-1-0']
const missing = parts.filter((part) => !existsSync(part))
if (missing.length > 0)
  process.stderr.write(`Tests of login on a real keyring are skipped: ${missing.join(', ')} not installed.\n`)

describe.skipIf(missing.length > 0)('on a real gnome-keyring', () => {
  test('after login, commands need no key; after logout, they do', async () => {
    const home = temporaryFolder()
    const unlock = 'printf test-password | gnome-keyring-daemon --unlock --components=secrets >/dev/null'
    const run = (args: readonly string[], input = '') =>
      runCli([...args, ...base()], {
        input,
        environment: { HOME: home, XDG_DATA_HOME: home, XDG_RUNTIME_DIR: home },
        through: (command) => ['dbus-run-session', '--', 'bash', '-c', `${unlock}; exec "$@"`, '-', ...command],
      })
    const executionId = sample.runs[0]?.executionId ?? ''
    expect((await run(['ls', executionId])).status).toBe(3)
    const login = await run(['login'], 'login-test-key\n')
    expect([login.status, login.stdout]).toEqual([0, ''])
    expect(login.stderr).toContain('The key was accepted')
    expect((await run(['ls', executionId])).stdout).toContain('workspace/invoices.csv')
    expect((await run(['logout'])).status).toBe(0)
    expect((await run(['ls', executionId])).status).toBe(3)
  })
})
