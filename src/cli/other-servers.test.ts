import { describe, expect, test } from 'vitest'
import { digestsBelow } from '../core/api/digests.fixture.ts'
import { hasNginx } from '../core/api/nginx.fixture.ts'
import { startOtherServers } from '../core/api/other-servers.fixture.ts'
import { runCli, temporaryFolder } from './run-cli.fixture.ts'

if (!hasNginx) process.stderr.write('Tests against nginx are skipped: it is not installed.\n')
describe.skipIf(!hasNginx)('with an API made from the contract, and files served by nginx', () => {
  test('every file of a listing arrives byte-identical', async () => {
    const { base, key, executionId, digests, close } = await startOtherServers()
    try {
      const environment = { ASTEROID_API_KEY: key, ASTEROID_BASE_URL: base }
      const listed = await runCli(['ls', executionId, '--json'], { environment })
      const lines = listed.stdout.trim().split('\n')
      expect(new Set(lines.map((line) => JSON.parse(line).path))).toEqual(new Set(digests.keys()))
      const to = temporaryFolder()
      const { status, stdout } = await runCli(['get', executionId, '--to', to, '--json'], { environment })
      expect([status, JSON.parse(stdout).done]).toEqual([0, digests.size])
      expect(digestsBelow(to)).toEqual(digests)
    } finally {
      await close()
    }
  })
})
