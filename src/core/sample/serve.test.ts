import { spawn } from 'node:child_process'
import path from 'node:path'
import { expect, test } from 'vitest'
import { startServer } from '../api/local-server.fixture.ts'

function serve(args: readonly string[]) {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'serve.ts'), ...args])
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      printed += text
    })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return { child, ended, printed: () => printed }
}

test('served alone, it prints what one needs to use it, and stops when told to', async () => {
  const { child, ended, printed } = serve(['--key', 'my-key'])
  await expect.poll(printed, { timeout: 20_000 }).toMatch(/^base .*\nkey {2}my-key\nrun .*\nrun .*\nrun .*\n$/)
  const [, base = ''] = /^base (.*)$/m.exec(printed()) ?? []
  const [, executionId = ''] = /^run {2}(\S+)/m.exec(printed()) ?? []
  const headers = { 'X-Asteroid-Agents-Api-Key': 'my-key' }
  expect((await fetch(`${base}/executions/${executionId}/files`, { headers })).status).toBe(200)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
})

test('a port that is taken is wrong usage, as is one that is no number', async () => {
  const other = await startServer((_, response) => response.end())
  const taken = serve(['--port', String(other.port)])
  const wrong = serve(['--port', 'x'])
  expect([await taken.ended, await wrong.ended]).toEqual([2, 2])
  expect(taken.printed()).toContain('EADDRINUSE')
  expect(wrong.printed()).toContain('--port wants a whole number.')
  await other.close()
})

test('its help is no mistake', async () => {
  const { ended, printed } = serve(['--help'])
  expect(await ended).toBe(0)
  expect(printed()).toMatch(/^Serves the sample runs/)
})
