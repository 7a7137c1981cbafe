import path from 'node:path'
import { expect, test } from 'vitest'
import { parseCommandLine, UsageError } from './arguments.ts'

const id = '3f2504e0-4f89-41d3-9a0c-0305e82c3301'
const from = { sample: false, baseUrl: 'https://odyssey.asteroid.ai/agents/v2' }

test.each([
  [['--help'], { command: 'help', topic: null }],
  [['get', '-h'], { command: 'help', topic: 'get' }],
  [['help', 'pull'], { command: 'help', topic: 'pull' }],
  [['help'], { command: 'help', topic: null }],
  [['fetch', '--help'], { command: 'help', topic: null }],
  [['--version'], { command: 'version' }],
  [['ls'], { command: 'executions', json: false, ...from }],
  [['ls', '--sample'], { command: 'executions', json: false, ...from, sample: true }],
  [
    ['ls', id.toUpperCase(), '--json'],
    { command: 'ls', executionId: id, paths: [], json: true, unsorted: false, ...from },
  ],
  [
    ['ls', id, 'workspace', '*.csv', '--unsorted'],
    { command: 'ls', executionId: id, paths: ['workspace', '*.csv'], json: false, unsorted: true, ...from },
  ],
  [
    ['get', id, 'a', 'b', '--to', 'x'],
    { command: 'get', executionId: id, paths: ['a', 'b'], to: 'x', existing: 'keep-both', json: false, ...from },
  ],
  [
    ['get', id, '--to', 'x', '--', '-a'],
    { command: 'get', executionId: id, paths: ['-a'], to: 'x', existing: 'keep-both', json: false, ...from },
  ],
  [['pull', id, '--to', 'x'], { command: 'pull', executionId: id, to: 'x', follow: false, json: false, ...from }],
  [
    ['pull', id, '--to', 'x', '--follow', '--sample'],
    { command: 'pull', executionId: id, to: 'x', follow: true, json: false, ...from, sample: true },
  ],
  [['login', '--base-url', 'https://x.example'], { command: 'login', sample: false, baseUrl: 'https://x.example' }],
])('%j is understood', (args, expected) => {
  expect(parseCommandLine(args, {})).toEqual(expected)
})

test('the environment names the API where the command line does not', () => {
  const environment = { ASTEROID_BASE_URL: 'https://env.example' }
  expect(parseCommandLine(['logout'], environment)).toMatchObject({ baseUrl: 'https://env.example' })
  expect(parseCommandLine(['logout', '--base-url', 'https://x.example'], environment)).toMatchObject({
    baseUrl: 'https://x.example',
  })
})

test.each([
  [[]],
  [['fetch']],
  [['ls', 'nonsense']],
  [['get', id, '--to', 'x', '--unsorted']],
  [['get']],
  [['get', id]],
  [['get', id, '--to']],
  [['get', id, '--to', '']],
  [['ls', '--to', 'x']],
  [['ls', id, '--existing', 'skip']],
  [['get', id, '--to', 'x', '--existing', 'ask']],
  [['ls', '--nonsense']],
  [['pull', id]],
  [['pull', id, 'workspace', '--to', 'x']],
  [['get', id, '--to', 'x', '--follow']],
  [['login', 'my-key']],
  [['login', '--sample']],
])('%j is wrong usage', (args) => {
  expect(() => parseCommandLine(args, {})).toThrow(UsageError)
})

test.each([
  [['ls', id, '--force'], 'There is no option --force.'],
  [['get', id, '--to'], '--to needs a value. Give one that begins with a dash as --to=-VALUE.'],
  [['get', id, '--to', '--json'], '--to needs a value. Give one that begins with a dash as --to=-VALUE.'],
  [['ls', id, '--json=yes'], '--json takes no value.'],
])('%j is answered in words of our own', (args, expected) => {
  expect(() => parseCommandLine(args, {})).toThrow(new UsageError(expected))
})

test('under npm, a folder is meant from where npm was called; in a script of another project, from there', () => {
  const caller = path.resolve('/somewhere/below')
  const to = (environment: NodeJS.ProcessEnv) => parseCommandLine(['get', id, '--to', './run'], environment)
  const npm = { npm_package_name: 'asteroid-files', npm_lifecycle_event: 'cli', INIT_CWD: caller }
  expect(to(npm)).toMatchObject({ to: path.join(caller, 'run') })
  expect(to({ ...npm, npm_package_name: 'another' })).toMatchObject({ to: './run' })
})
