import { soak } from '../src/core/transfers/soak/soak.fixture.ts'

// npm run soak [-- ROUNDS [FILES]]: downloads from a server full of faults, in processes that are killed again and again,
// each round with another seed, until something is wrong or the rounds are through.
const [rounds = 10, files = 3_000] = process.argv.slice(2).map(Number)
const first = Date.now() % 1_000_000

for (let round = 0; round < rounds; round += 1) {
  const seed = first + round
  const report = await soak({ files, seed, faults: 0.3, kills: 40 })
  const { damaged, unaccounted, leftOver, missingAtLast, journals, failed, kills, played } = report
  const leaked = Array.from({ length: report.leaked }, () => 'the key')
  const wrong = { damaged, unaccounted, leftOver, missingAtLast, leaked }
  const faults = [...played.values()].reduce((sum, count) => sum + count, 0)
  process.stdout.write(
    `Seed ${seed}: ${files} files, ${kills} kills, ${faults} faults of ${played.size} kinds, ${failed.length} failed at first, ${journals.length} journals left\n`,
  )
  if (Object.values(wrong).some((names) => names.length > 0)) {
    process.stdout.write(`${JSON.stringify(wrong, null, 2)}\n`)
    process.exitCode = 1
    break
  }
}
