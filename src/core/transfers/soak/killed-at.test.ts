import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { rm, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { filesBelow, temporaryFolder } from '../folders.fixture.ts'
import { bytesOf, sendBody } from '../origin.fixture.ts'
import { origin } from '../transfers.fixture.ts'

const body = bytesOf(4, 600_000)
const updatedAt = '2026-01-02T03:04:05Z'
const downloader = fileURLToPath(new URL('./downloader.fixture.ts', import.meta.url))
const preload = new URL('./die-at.fixture.ts', import.meta.url).href

function run(args: readonly string[], dieAt: string): Promise<NodeJS.Signals | number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', preload, downloader, ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DIE_AT: dieAt },
    })
    child.once('error', reject)
    child.once('close', (status, signal) => resolve(signal ?? status))
  })
}

const steps = [
  'before the part is made',
  'before the journal says so',
  'before bytes are written',
  'after bytes are written',
  'before the file is named',
  'after the file is named',
  'after the part is gone',
]

/** Where a person's own file has its name, only what is done to give it another one differs. */
const cases = [
  ...steps.map((step) => ({ step, theirs: ['a (2).part', 'b.part'], place: 'a' })),
  ...steps.slice(4).map((step) => ({ step, theirs: ['a', 'a (2)', 'a.part'], place: 'a (3)' })),
]

/** Serves one file and the list of it. */
async function serve(): Promise<string> {
  const { url } = await origin((request, response) => {
    const files = [{ id: 'a', path: 'a', size: body.length, updatedAt, link: '/a' }]
    if (request.url === '/list') response.end(JSON.stringify(files))
    else sendBody(request, response, body)
  })
  return url
}

test.skipIf(process.platform === 'win32').each(cases)(
  'killed $step, the next start brings the file once, as $place, and leaves nothing of ours and all that is not',
  async ({ step, theirs, place }) => {
    const url = await serve()
    const [target, journals] = [await temporaryFolder(), await temporaryFolder()]
    for (const name of theirs) await writeFile(path.join(target, name), 'mine')
    expect(await run([url, target, journals, 'start'], step)).toBe('SIGKILL')
    expect(await run([url, target, journals, 'restore'], 'never')).toBe(0)
    expect(await filesBelow(target)).toEqual([place, ...theirs].toSorted())
    expect(readFileSync(path.join(target, place)).equals(body)).toBe(true)
    for (const name of theirs) expect(readFileSync(path.join(target, name), 'utf8')).toBe('mine')
    expect(await filesBelow(journals)).toEqual([])
  },
)

test.skipIf(process.platform === 'win32').each([
  { step: 'before the file is named', names: ['a', 'a (2)'] },
  { step: 'after the file is named', names: ['a', 'a (2)'] },
])(
  'killed $step, a file that the person put under the name since is not taken for ours, though it looks the same',
  async ({ step, names }) => {
    const url = await serve()
    const [target, journals] = [await temporaryFolder(), await temporaryFolder()]
    const place = path.join(target, 'a')
    const theirs = Buffer.from(body.toReversed())
    expect(await run([url, target, journals, 'start'], step)).toBe('SIGKILL')
    await rm(place, { force: true })
    await writeFile(place, theirs)
    await utimes(place, new Date(updatedAt), new Date(updatedAt))
    expect(await run([url, target, journals, 'restore'], 'never')).toBe(0)
    expect(await filesBelow(target)).toEqual(names)
    expect(readFileSync(place).equals(theirs)).toBe(true)
    expect(readFileSync(path.join(target, 'a (2)')).equals(body)).toBe(true)
  },
)
