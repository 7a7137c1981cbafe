import fc from 'fast-check'
import { expect, test } from 'vitest'
import { silentLogger } from '../log/logger.ts'
import { createBatchTargets, type KeptPlaces } from './batch-targets.ts'
import { temporaryFolder } from './folders.fixture.ts'
import { type Brought, openBrought } from './in-step/brought.ts'

/** Names of which many are one on some disk, in folders of which some are. */
const path = fc
  .array(fc.constantFrom('a', 'A', 'a?', 'a:', 'a_', 'a_ (2)', 'a.part', 'b'), { minLength: 1, maxLength: 2 })
  .map((names) => names.join('/'))

function targetsFor(paths: readonly string[], kept: KeptPlaces | null): readonly string[] {
  const targetOf = createBatchTargets(kept)
  return paths.map((each) => targetOf(each, each.split('/')).join('/'))
}

function land(brought: Brought, filePath: string, target: string): void {
  const file = { id: '', path: filePath, segments: filePath.split('/'), size: 1, updatedAt: '', mimeType: null }
  brought.onThere({ ...file, downloadUrl: '' }, target.split('/'), { size: 1, updatedAt: 0 })
}

test('a batch that is taken up again gives all files the places that they had, whichever of them are there', async () => {
  const folder = await temporaryFolder()
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.array(path, { maxLength: 10 }), fc.array(fc.nat(9)), async (paths, landed) => {
      run += 1
      const brought = await openBrought(folder, `${run}`, silentLogger)
      const targets = targetsFor(paths, brought)
      for (const index of landed) if (paths[index] !== undefined) land(brought, paths[index], targets[index] ?? '')
      expect(targetsFor(paths, brought)).toEqual(targets)
      brought.write()
      expect(targetsFor(paths, await openBrought(folder, `${run}`, silentLogger))).toEqual(targets)
    }),
    { numRuns: 500 },
  )
})

test('files that are there keep their places in any order, and no other gets one of them', async () => {
  const folder = await temporaryFolder()
  const paths = fc.uniqueArray(path, { maxLength: 10 })
  let run = 0
  await fc.assert(
    fc.asyncProperty(
      paths,
      fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }),
      fc.nat(),
      async (all, old, turn) => {
        run += 1
        const known = all.filter((_, index) => old[index])
        const brought = await openBrought(folder, `k${run}`, silentLogger)
        const places = new Map(targetsFor(known, brought).map((target, index) => [known[index] ?? '', target]))
        for (const [filePath, target] of places) land(brought, filePath, target)
        brought.write()
        const at = all.length === 0 ? 0 : turn % all.length
        const turned = [...all.slice(at), ...all.slice(0, at)]
        const targets = targetsFor(turned, await openBrought(folder, `k${run}`, silentLogger))
        turned.forEach((filePath, index) => {
          if (places.has(filePath)) expect(targets[index]).toBe(places.get(filePath))
        })
        expect(new Set(targets.map((target) => target.toLowerCase())).size).toBe(all.length)
      },
    ),
    { numRuns: 500 },
  )
})
