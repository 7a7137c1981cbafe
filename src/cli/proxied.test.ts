import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { createCertificate, startProxy, startServer } from '../core/api/local-server.fixture.ts'
import { runCli, temporaryFolder } from './run-cli.fixture.ts'

const executionId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301'
/** No name server knows a name under `.invalid` (RFC 6761): only a proxy can lead there. */
const host = 'api.asteroid.invalid'
const certificate = createCertificate(host)
afterAll(() => certificate?.remove())

if (!certificate) process.stderr.write('Tests through a proxy are skipped: openssl is not installed.\n')
describe.skipIf(!certificate)('behind a proxy, with a certificate of the company', () => {
  test('listing and files come through the tunnel, and only there', async () => {
    const content = Buffer.alloc(300_000, 'through the tunnel ')
    const server = await startServer((request, response) => {
      const file = {
        id: 'a',
        filePath: 'a.txt',
        fileName: 'a.txt',
        fileSize: content.length,
        downloadUrl: '/storage/a',
      }
      if (request.url?.endsWith('/files')) response.end(JSON.stringify({ directories: { shared: [file] } }))
      else response.writeHead(200, { 'content-length': content.length }).end(content)
    }, certificate ?? undefined)
    const proxy = await startProxy({ leadsTo: server.port })
    try {
      const to = temporaryFolder()
      const { status, stderr } = await runCli(['get', executionId, '--to', to], {
        environment: {
          ASTEROID_API_KEY: 'k',
          ASTEROID_BASE_URL: `https://${host}`,
          HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
          NODE_EXTRA_CA_CERTS: certificate?.file,
        },
      })
      expect([status, stderr]).toEqual([0, expect.stringContaining('1 of 1 file')])
      expect(readFileSync(path.join(to, 'shared/a.txt')).equals(content)).toBe(true)
      expect(proxy.asked.length).toBeGreaterThanOrEqual(2)
    } finally {
      await proxy.close()
      await server.close()
    }
  })
})
