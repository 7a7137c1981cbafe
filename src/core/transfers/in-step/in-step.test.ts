import { existsSync } from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { silentLogger } from '../../log/logger.ts'
import { createBatchTargets } from '../batch-targets.ts'
import { temporaryFolder } from '../folders.fixture.ts'
import { toLine } from '../journal/lines.ts'
import { createMemorySource, type MemoryFile, type MemorySource } from '../memory-source.fixture.ts'
import { type Origin, sendBody } from '../origin.fixture.ts'
import { download, origin, transfersFor } from '../transfers.fixture.ts'
import { openBrought } from './brought.ts'
import { memoryFile } from './memory-file.ts'

type Run = {
  readonly source: MemorySource
  readonly server: Origin
  readonly target: string
  readonly bodies: Map<string, string>
}

async function startRun(bodies: Readonly<Record<string, string>>): Promise<Run> {
  const contents = new Map(Object.entries(bodies))
  const server = await origin((request, response) =>
    sendBody(request, response, Buffer.from(contents.get(decodeURIComponent(request.url ?? '').slice(1)) ?? '')),
  )
  const source = createMemorySource(filesOf(contents, '2026-01-02T03:04:05Z'), (file) => `${server.url}/${file.path}`)
  return { source, server, target: await temporaryFolder(), bodies: contents }
}

const filesOf = (bodies: ReadonlyMap<string, string>, updatedAt: string): MemoryFile[] =>
  [...bodies].map(([name, body]) => ({ path: name, size: body.length, updatedAt }))

function change({ source, bodies }: Run, changes: Readonly<Record<string, string>>): void {
  for (const [name, body] of Object.entries(changes)) bodies.set(name, body)
  const files = filesOf(bodies, '2026-01-02T03:04:05Z')
  source.set(files.map((file) => (file.path in changes ? { ...file, updatedAt: '2026-02-03T04:05:06Z' } : file)))
}

async function pull({ source, server, target }: Run) {
  const { over } = await download(transfersFor(server.url), source, { target, kind: 'in-step' })
  const { doneCount, skippedCount, status } = await over
  return { state: status.state, brought: doneCount - skippedCount, left: skippedCount }
}

const read = ({ target }: Run, name: string) => readFile(path.join(target, name), 'utf8')

test('a second pull asks for nothing, and a third brings what is new or changed', async () => {
  const run = await startRun({ 'workspace/a': 'one', 'workspace/b': 'two' })
  expect(await pull(run)).toEqual({ state: 'done', brought: 2, left: 0 })
  const asked = run.server.requests.length
  expect(await pull(run)).toEqual({ state: 'done', brought: 0, left: 2 })
  expect(run.server.requests.length).toBe(asked)
  change(run, { 'workspace/b': 'two, changed', 'workspace/c': 'three' })
  expect(await pull(run)).toEqual({ state: 'done', brought: 2, left: 1 })
  expect(await read(run, 'workspace/b')).toBe('two, changed')
  expect(await read(run, 'workspace/c')).toBe('three')
})

test("a person's own change stays, also when the run has a new version", async () => {
  const run = await startRun({ a: 'one', b: 'two', mine: 'from the run' })
  await writeFile(path.join(run.target, 'mine'), 'my own')
  expect(await pull(run)).toEqual({ state: 'done', brought: 2, left: 1 })
  await writeFile(path.join(run.target, 'a'), 'edited by hand')
  change(run, { a: 'one, changed' })
  expect(await pull(run)).toEqual({ state: 'done', brought: 0, left: 3 })
  expect(await read(run, 'a')).toBe('edited by hand')
  expect(await read(run, 'mine')).toBe('my own')
})

test('a file that is missing is brought again, and one that left the run stays', async () => {
  const run = await startRun({ a: 'one', b: 'two' })
  await pull(run)
  await rm(path.join(run.target, 'a'))
  run.bodies.delete('b')
  change(run, {})
  expect(await pull(run)).toEqual({ state: 'done', brought: 1, left: 0 })
  expect(await read(run, 'a')).toBe('one')
  expect(await read(run, 'b')).toBe('two')
})

test('what was left because the person changed it is remembered by name, however many others came', async () => {
  const names = Array.from({ length: 1_500 }, (_, index) => `f${index}`)
  const { source, server, target } = await startRun(Object.fromEntries(names.map((name) => [name, 'some'])))
  await writeFile(path.join(target, 'f7'), 'my own')
  const transfers = transfersFor(server.url)
  const { id, over } = await download(transfers, source, { target, kind: 'in-step' })
  expect(await over).toMatchObject({ doneCount: 1_500, skippedCount: 1, unchangedCount: 0 })
  const known = transfers.files(id, 0, 2_000).transfers.filter(({ status }) => status.state === 'done')
  const left = known.filter(({ status }) => status.state === 'done' && status.note === 'skipped')
  expect([known.length, left.map((each) => each.path)]).toEqual([1_001, ['f7']])
})

/** Lists other files from now on, in this order. */
function list(run: Run, bodies: readonly (readonly [string, string])[]): void {
  run.bodies.clear()
  for (const [name, body] of bodies) run.bodies.set(name, body)
  change(run, {})
}

test('a file keeps the name that it got, though one that would get the same comes before it now', async () => {
  const run = await startRun({ 'a?b': 'first', c: 'other' })
  await pull(run)
  list(run, [
    ['a:b', 'second'],
    ['C', 'another'],
    ['a?b', 'first'],
    ['c', 'other'],
  ])
  expect(await pull(run)).toEqual({ state: 'done', brought: 2, left: 2 })
  const names = ['a_b', 'a_b (2)', 'c', 'C (2)']
  expect(await Promise.all(names.map((name) => read(run, name)))).toEqual(['first', 'second', 'other', 'another'])
  expect(await pull(run)).toEqual({ state: 'done', brought: 0, left: 4 })
  list(run, [
    ['a:b', 'second, changed'],
    ['a?b', 'first'],
  ])
  run.source.set(filesOf(run.bodies, '2026-02-03T04:05:06Z'))
  expect(await pull(run)).toEqual({ state: 'done', brought: 2, left: 0 })
  expect(await Promise.all(names.map((name) => read(run, name)))).toEqual([
    'first',
    'second, changed',
    'other',
    'another',
  ])
})

test("a place out of the folder, written into the folder's memory, leads nowhere", async () => {
  const run = await startRun({ a: 'one' })
  await pull(run)
  const memory = (await readdir(run.target)).find((name) => name.startsWith('.asteroid-files-')) ?? ''
  const stolen = ['a', 3, '2026-01-02T03:04:05Z', 3, 0, ['..', 'stolen']]
  await writeFile(path.join(run.target, memory), toLine(stolen))
  await rm(path.join(run.target, 'a'))
  expect(await pull(run)).toEqual({ state: 'done', brought: 1, left: 0 })
  expect([await read(run, 'a'), existsSync(path.join(run.target, '../stolen'))]).toEqual(['one', false])
})

test("a large folder's memory is read a piece at a time, and no name in it is checked twice", async () => {
  const folder = await temporaryFolder()
  const count = 20_000
  const lines = Array.from({ length: count }, (_, index) => toLine([`a/${index}`, 1, '', 1, 0]))
  await writeFile(memoryFile(folder, 'run'), lines.join(''))
  const parse = vi.spyOn(JSON, 'parse')
  const normalize = vi.spyOn(String.prototype, 'normalize')
  onTestFinished(() => void vi.restoreAllMocks())
  const calls = () => parse.mock.calls.length + normalize.mock.calls.length
  let [before, most] = [0, 0]
  function look(): void {
    most = Math.max(most, calls() - before)
    before = calls()
    next = setImmediate(look)
  }
  let next = setImmediate(look)
  const brought = await openBrought(folder, 'run', silentLogger)
  clearImmediate(next)
  expect(Math.max(most, calls() - before)).toBeLessThan(count / 10)
  const targetOf = createBatchTargets(brought)
  for (let index = 0; index < count; index += 1) targetOf(`a/${index}`, ['a', `${index}`])
  expect(normalize.mock.calls.length).toBe(2 * count)
  expect(targetOf('A/7', ['A', '7'])).toEqual(['a', '7 (2)'])
})
