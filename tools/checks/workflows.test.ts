import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { workflowSyntaxFaults } from './workflow-syntax.ts'
import { workflowFaults } from './workflows.ts'

const root = path.resolve(import.meta.dirname, '../..')
const files = globSync('.github/workflows/*.yml', { cwd: root })
const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { scripts: object }

test.each(files)('%s calls scripts that exist, pins its actions and bounds its jobs', (file) => {
  expect(workflowFaults(readFileSync(path.join(root, file), 'utf8'), Object.keys(scripts))).toEqual([])
})

test.each(files)('%s is understood by GitHub’s own parser', async (file) => {
  expect(await workflowSyntaxFaults(readFileSync(path.join(root, file), 'utf8'))).toEqual([])
})

test('there is a workflow for every change and one for releases', () => {
  expect(files.map((file) => path.basename(file)).sort()).toEqual(['check.yml', 'release.yml'])
})

test('every change is asked about known faults, and every week whether Electron is still the newest', () => {
  const text = readFileSync(path.join(root, '.github/workflows/check.yml'), 'utf8')
  const { on, jobs } = parse(text) as {
    readonly on: { readonly schedule: readonly { readonly cron: string }[] }
    readonly jobs: { readonly test: { readonly steps: readonly { readonly run?: string }[] } }
  }
  const runs = jobs.test.steps.map((step) => step.run)
  expect(runs).toContain('npm run advisories')
  expect(runs).toContain('npm outdated electron')
  expect(on.schedule[0]?.cron).toMatch(/^\d+ \d+ \* \* [0-6]$/)
})

const whole = `name: a
on: { push: }
permissions: { contents: read }
jobs:
  one:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - uses: actions/checkout@v6
      - run: npm run build && npm test
`

test('a workflow with all of this has no fault', () => {
  expect(workflowFaults(whole, ['build'])).toEqual([])
})

test.each([
  ['run build', 'run buidl', 'npm run buidl is no script'],
  ['checkout@v6', 'checkout@main', 'actions/checkout@main is not pinned'],
  ['actions/checkout@v6', 'someone/action@v1', 'someone/action@v1 is not pinned'],
  ['    timeout-minutes: 5\n', '', 'it has no time limit'],
  ['contents: read', 'contents: write', 'it may do more than read'],
  ['npm test', `echo "\${{ github.event.issue.title }}"`, 'text from outside'],
  ['    steps:', '    needs: two\n    steps:', 'it needs two'],
  ['on: { push: }', '', 'nothing starts it'],
])('with %j made %j it is told', (from, to, told) => {
  expect(workflowFaults(whole.replace(from, to), ['build'])).toEqual([expect.stringContaining(told)])
})

test.each([
  ['timeout-minutes', 'timeout-minute', 'timeout-minute'],
  ['on: { push: }', 'on: { pushed: }', 'pushed'],
  ['on: { push: }', 'on: { schedule: [{ cron: "77 5 * * 1" }] }', 'cron'],
  ['contents: read', 'contents: reed', 'reed'],
  ['    runs-on: ubuntu-24.04\n', '', 'runs-on'],
  ['- run:', '- if: failure(\n        run:', 'end of expression'],
  ['- run:', `- if: githb.ref == 'a'\n        run:`, 'githb'],
  ['- run:', `- if: startWith(github.ref, 'a')\n        run:`, 'startWith'],
  ['- uses', '- use', 'use'],
  ['- run:', '- shel: bash\n        run:', 'shel'],
])('of %j made %j GitHub’s own parser tells', async (from, to, told) => {
  expect((await workflowSyntaxFaults(whole.replace(from, to))).join('\n')).toContain(told)
})
