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

test('killed in the middle, no file under its final name is short, and the next start goes on from there', async () => {
  let stalling = true
  let sentAfterwards = 0
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
    const from = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0)
    if (from > 0) response.setHeader('content-range', `bytes ${from}-${content.length - 1}/${content.length}`)
    response.writeHead(from > 0 ? 206 : 200, { etag: `"${content.length}"`, 'content-length': content.length - from })
    if (stalling && content.length > 1_000_000) response.write(content.subarray(0, 3_000_000))
    else {
      sentAfterwards += stalling ? 0 : content.length - from
      response.end(content.subarray(from))
    }
  })
  const to = temporaryFolder()
  const folder = path.join(to, 'workspace')
  const args = ['get', executionId, '--to', to, '--base-url', `http://127.0.0.1:${server.port}`]
  const environment = { ASTEROID_API_KEY: 'k', HOME: temporaryFolder() }
  try {
    const isHalfDone = () =>
      ['file-3.bin.part', 'file-13.bin.part', 'file-23.bin.part'].every(
        (name) => existsSync(path.join(folder, name)) && statSync(path.join(folder, name)).size >= 2_900_000,
      ) && existsSync(path.join(folder, 'file-29.bin'))
    const killed = await runCli(args, {
      environment,
      whileRunning: (child) => {
        const timer = setInterval(() => {
          if (!isHalfDone()) return
          clearInterval(timer)
          // The journal is not written at every byte.
          setTimeout(() => child.kill('SIGKILL'), 1_500)
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
    expect((await readdir(folder)).length).toBe(contents.size)
    // Three large files lacked a million bytes each, and what had arrived is not fetched again.
    expect(sentAfterwards).toBeLessThan(3 * 1_500_000)
  } finally {
    await server.close()
  }
})
