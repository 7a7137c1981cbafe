import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)

/** MiB that young objects have at the end of a process in which many objects live on for a while. */
async function youngMebibytes(before: string): Promise<number> {
  const { stdout } = await run(process.execPath, [
    '--input-type=module',
    '-e',
    `import { getHeapSpaceStatistics } from 'node:v8'
     const { keepHeapsSmall } = await import(${JSON.stringify(new URL('./small-heaps.ts', import.meta.url).href)})
     ${before}
     const lately = []
     for (let made = 0; made < 150_000; made += 1) lately[made % 4_000] = { made, some: new Array(60).fill(made) }
     const young = getHeapSpaceStatistics().find((each) => each.space_name === 'new_space')
     console.log(young.space_size / 1024 / 1024)`,
  ])
  return Number(stdout)
}

test('young objects get no more room while heaps are kept small, and as much as ever afterwards', async () => {
  expect(await youngMebibytes('keepHeapsSmall()')).toBeLessThan(10)
  expect(await youngMebibytes('keepHeapsSmall()()')).toBeGreaterThan(20)
  // The first that lets go does not let go for the second.
  expect(await youngMebibytes('keepHeapsSmall(); const free = keepHeapsSmall(); free(); free()')).toBeLessThan(10)
})

test('a thread that starts while heaps are kept small has all of its room from the start', async () => {
  const inThread = `keepHeapsSmall()
     const { Worker } = await import('node:worker_threads')
     const code = \`
       import { getHeapSpaceStatistics } from 'node:v8'
       import { parentPort } from 'node:worker_threads'
       const young = getHeapSpaceStatistics().find((each) => each.space_name === 'new_space')
       parentPort.postMessage(young.space_size / 1024 / 1024)\`
     const worker = new Worker(code, { eval: true, resourceLimits: { maxYoungGenerationSizeMb: 12 } })
     const [room] = await (await import('node:events')).once(worker, 'message')
     console.log(room)
     process.exit()`
  expect(await youngMebibytes(inThread)).toBeGreaterThanOrEqual(4)
})
