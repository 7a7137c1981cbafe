import { writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { filesBelow, temporaryFolder } from '../folders.fixture.ts'
import { createLanding } from './landing.ts'
import { openPartFile, type PartFile } from './part-file.ts'

const keepBoth = { rule: 'keep-both' } as const

async function partWith(folder: string, name: string, text: string): Promise<PartFile> {
  const part = openPartFile(path.join(folder, name), 0, () => {})
  part.append(Buffer.from(text))
  part.flush()
  return part
}

test('many that come at once all land, each under a name of its own', async () => {
  const folder = await temporaryFolder()
  const landing = createLanding(async () => {})
  const wanted = path.join(folder, 'a.txt')
  const parts = await Promise.all(Array.from({ length: 200 }, (_, index) => partWith(folder, `${index}.part`, 'x')))
  const landed = await Promise.all(parts.map((part) => landing.land(part, wanted, keepBoth)))
  expect(new Set(landed.map((each) => each?.place)).size).toBe(200)
  expect((await filesBelow(folder)).filter((name) => name.endsWith('.part'))).toEqual([])
})

test('what it looks like on disk is told where it is to be remembered', async () => {
  const folder = await temporaryFolder()
  const landing = createLanding(async () => {})
  const part = await partWith(folder, 'a.part', 'hello')
  part.setUpdatedAt(1_700_000_000_000)
  const rule = { rule: 'in-step', brought: null, isSameVersion: false } as const
  const place = path.join(folder, 'a')
  expect(await landing.land(part, place, rule)).toEqual({ place, state: { size: 5, updatedAt: 1_700_000_000_000 } })
})

test('a part that can not be flushed is not named, nothing goes on from it, and the others land', async () => {
  const folder = await temporaryFolder()
  const landing = createLanding(async () => {})
  const good = await partWith(folder, 'good.part', 'good')
  const bad = await partWith(folder, 'bad.part', 'bad')
  // A descriptor of something that can't be flushed, as a disk that refuses.
  const refused: PartFile = { ...bad, descriptor: 1_000_000 }
  for (let round = 0; round < 2; round += 1) {
    const ends = await Promise.allSettled([
      landing.land(refused, path.join(folder, 'bad'), keepBoth),
      landing.land(
        round === 0 ? good : await partWith(folder, 'more.part', 'more'),
        path.join(folder, `good${round}`),
        keepBoth,
      ),
    ])
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
    expect(bad.length()).toBe(0)
  }
  expect(await filesBelow(folder)).toEqual(['bad.part', 'good0', 'good1'])
  expect(await readFile(path.join(folder, 'good0'), 'utf8')).toBe('good')
})

test('what has the name already is left there', async () => {
  const folder = await temporaryFolder()
  writeFileSync(path.join(folder, 'a'), 'mine')
  const part = await partWith(folder, 'a.part', 'theirs')
  const landed = await createLanding(async () => {}).land(part, path.join(folder, 'a'), { rule: 'skip' })
  expect(landed).toBeNull()
  expect(await readFile(path.join(folder, 'a'), 'utf8')).toBe('mine')
  expect(await filesBelow(folder)).toEqual(['a'])
})
