import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { filesBelow, temporaryFolder } from '../folders.fixture.ts'
import { bytesOf, sendBody } from '../origin.fixture.ts'
import { origin } from '../transfers.fixture.ts'

const body = bytesOf(4, 600_000)
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

test.skipIf(process.platform === 'win32').each(steps)(
  'killed %s, the next start brings the file once, and leaves nothing of ours and all that is not',
  async (step) => {
    const { url } = await origin((request, response) => {
      const files = [{ id: 'a', path: 'a', size: body.length, updatedAt: '2026-01-02T03:04:05Z', link: '/a' }]
      if (request.url === '/list') response.end(JSON.stringify(files))
      else sendBody(request, response, body)
    })
    const [target, journals] = [await temporaryFolder(), await temporaryFolder()]
    const theirs = ['a (2).part', 'b.part']
    for (const name of theirs) await writeFile(path.join(target, name), 'mine')
    expect(await run([url, target, journals, 'start'], step)).toBe('SIGKILL')
    expect(await run([url, target, journals, 'restore'], 'never')).toBe(0)
    expect(await filesBelow(target)).toEqual(['a', ...theirs])
    expect(readFileSync(path.join(target, 'a')).equals(body)).toBe(true)
    for (const name of theirs) expect(readFileSync(path.join(target, name), 'utf8')).toBe('mine')
    expect(await filesBelow(journals)).toEqual([])
  },
)
