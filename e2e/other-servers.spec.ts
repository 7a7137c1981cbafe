import path from 'node:path'
import { expect } from '@playwright/test'
import { digestsBelow } from '../src/core/api/digests.fixture.ts'
import { hasNginx } from '../src/core/api/nginx.fixture.ts'
import { startOtherServers } from '../src/core/api/other-servers.fixture.ts'
import { ask } from './bridge.ts'
import { test } from './fixtures.ts'

test('every file of servers that are not ours arrives byte-identical', async ({ launch, folder }) => {
  test.skip(!hasNginx, 'nginx is not installed')
  const { base, key, executionId, digests, close } = await startOtherServers()
  try {
    const { window } = await launch({
      args: [`--execution=${executionId}`],
      env: { ASTEROID_API_KEY: key, ASTEROID_BASE_URL: base },
    })
    await window.getByRole('button', { name: 'Download all' }).click()
    await expect.poll(async () => (await ask(window, 'transfers:list', undefined))[0]?.status.state).toBe('done')
    const arrived = digestsBelow(path.join(folder, 'home', 'Downloads'))
    // Whether the run gets a folder of its own there is not what this is about.
    const own = [...arrived.keys()].find((name) => name.endsWith('debug/last.log'))?.slice(0, -'debug/last.log'.length)
    expect(new Map([...arrived].map(([name, digest]) => [name.slice(own?.length), digest]))).toEqual(new Map(digests))
  } finally {
    await close()
  }
})
