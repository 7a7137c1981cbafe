import { existsSync, statSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { startServer } from '../core/api/local-server.fixture.ts'
import { runCli, temporaryFolder } from './run-cli.fixture.ts'

const executionId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301'
const contents = new Map<string, Buffer>(
  Array.from({ length: 30 }, (_, index) => {
    const size = index % 10 === 3 ? 4_000_000 : index * 100
    return [`file-${index}.bin`, Buffer.alloc(size, `content of ${index} `)]
  }),
)

test('killed in the middle, no file under its final name is short, and the next start completes them', async () => {
  let stalling = true
  const server = await startServer((request, response) => {
    if (request.url?.endsWith('/files')) {
      const workspace = [...contents].map(([name, { length }]) => ({
        id: name,
        filePath: name,
        fileName: name,
        fileSize: length,
        updatedAt: '2026-11-20T10:00:00Z',
        downloadUrl: `/storage/${name}`,
      }))
      response.end(JSON.stringify({ directories: { workspace } }))
      return
    }
    const content = contents.get(path.basename(request.url ?? '')) ?? Buffer.alloc(0)
    response.writeHead(200, { 'content-length': content.length })
    if (stalling && content.length > 1_000_000) response.write(content.subarray(0, 3_000_000))
    else response.end(content)
  })
  const to = temporaryFolder()
  const folder = path.join(to, 'workspace')
  const args = ['get', executionId, '--to', to, '--base-url', `http://127.0.0.1:${server.port}`]
  const environment = { ASTEROID_API_KEY: 'k' }
  try {
    const isHalfDone = () =>
      ['file-3.bin.part', 'file-13.bin.part', 'file-23.bin.part'].every(
        (name) => existsSync(path.join(folder, name)) && statSync(path.join(folder, name)).size > 0,
      ) && existsSync(path.join(folder, 'file-29.bin'))
    const killed = await runCli(args, {
      environment,
      whileRunning: (child) => {
        const timer = setInterval(() => {
          if (!isHalfDone()) return
          clearInterval(timer)
          child.kill('SIGKILL')
        }, 20)
      },
    })
    expect(killed.status).toBeNull()
    const whole = (await readdir(folder)).filter((name) => !name.endsWith('.part'))
    expect(whole.length).toBeGreaterThan(0)
    for (const name of whole)
      expect([name, (await readFile(path.join(folder, name))).equals(contents.get(name) ?? Buffer.alloc(0))]).toEqual([
        name,
        true,
      ])

    stalling = false
    expect((await runCli(args, { environment })).status).toBe(0)
    for (const [name, content] of contents)
      expect([name, (await readFile(path.join(folder, name))).equals(content)]).toEqual([name, true])
  } finally {
    await server.close()
  }
})
