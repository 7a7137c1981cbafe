import { hasPython } from '../src/core/transfers/archive/unpacked.fixture.ts'
import { soak } from '../src/core/transfers/soak/soak.fixture.ts'

// npm run soak [-- ROUNDS [FILES]]: downloads from a server full of faults, in processes that are killed again and again,
// as files and into an archive, each round with another seed, until something is wrong or the rounds are through.
const [rounds = 10, files = 3_000] = process.argv.slice(2).map(Number)
const first = Date.now() % 1_000_000

for (let round = 0; round < rounds && process.exitCode === undefined; round += 1) {
  await play({ files, seed: first + round, faults: 0.3, kills: 40, as: 'files' })
  // Each kill costs an archive all that it has.
  if (hasPython) await play({ files: Math.min(files, 200), seed: first + round, faults: 0.3, kills: 10, as: 'archive' })
}

async function play(options: Parameters<typeof soak>[0]): Promise<void> {
  const report = await soak(options)
  const { damaged, unaccounted, leftOver, missingAtLast, journals, failed, kills, played } = report
  const leaked = Array.from({ length: report.leaked }, () => 'the key')
  const wrong = { damaged, unaccounted, leftOver, missingAtLast, leaked }
  const faults = [...played.values()].reduce((sum, count) => sum + count, 0)
  const what = options.as === 'archive' ? 'in an archive, ' : ''
  process.stdout.write(
    `Seed ${options.seed}: ${options.files} files, ${what}${kills} kills, ${faults} faults of ${played.size} kinds, ${failed.length} failed at first, ${journals.length} journals left\n`,
  )
  if (!Object.values(wrong).some((names) => names.length > 0)) return
  process.stdout.write(`${JSON.stringify(wrong, null, 2)}\n`)
  process.exitCode = 1
}
