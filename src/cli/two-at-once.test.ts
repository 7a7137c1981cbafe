import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { startServer } from '../core/api/local-server.fixture.ts'
import { runCli, temporaryFolder } from './run-cli.fixture.ts'

test('the same command given while it runs says that it is under way, and disturbs nothing', async () => {
  const asked = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const server = await startServer(async (request, response) => {
    if (request.url?.endsWith('/files')) {
      const file = { id: 'a', filePath: 'a', fileName: 'a', fileSize: 5, downloadUrl: '/storage/a' }
      response.end(JSON.stringify({ directories: { shared: [file] } }))
      return
    }
    asked.resolve()
    await release.promise
    response.end('hello')
  })
  const to = temporaryFolder()
  const executionId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301'
  const args = ['get', executionId, '--to', to, '--base-url', `http://127.0.0.1:${server.port}`]
  const environment = { ASTEROID_API_KEY: 'k', HOME: temporaryFolder() }
  try {
    const first = runCli(args, { environment })
    await asked.promise
    const second = await runCli(args, { environment })
    expect([second.status, second.stderr]).toEqual([1, expect.stringContaining('is under way already')])
    release.resolve()
    expect((await first).status).toBe(0)
    expect(readdirSync(path.join(to, 'shared'))).toEqual(['a'])
  } finally {
    release.resolve()
    await server.close()
  }
})
