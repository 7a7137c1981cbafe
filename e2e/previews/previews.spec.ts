import { expect, type Locator, test } from '@playwright/test'
import { axeFaults } from '../axe-faults.ts'
import { others } from './binary-corpus.ts'
import { previewedRun } from './previewed-run.ts'
import type { Specimen } from './specimen.ts'
import { texts } from './text-corpus.ts'

// One launch for each part of the corpus.
for (const [title, specimens] of [
  ['texts', texts],
  ['other files', others],
] as const)
  test.describe(title, () => {
    test.describe.configure({ mode: 'default' })
    const opened = previewedRun(specimens)
    for (const specimen of specimens)
      test(`shows ${specimen.name}`, async () => {
        const run = opened()
        const preview = await run.show(specimen.name)
        await check(preview, specimen)
        expect(run.app.missing()).toEqual([])
        // However large a file is, only the parts on show are fetched.
        expect(run.server.sentOf(specimen.name)).toBeLessThan(2_000_000)
      })

    test('axe finds nothing on any way that one of them is shown, in either theme and with forced colours', async () => {
      test.setTimeout(600_000)
      const found: string[] = []
      for (const specimen of eachWay(specimens)) {
        const preview = await opened().show(specimen.name)
        await check(preview, specimen)
        const faults = await axeFaults(opened().app.window, '[aria-label="Preview"]')
        found.push(...faults.map((fault) => `${specimen.name}: ${fault}`))
      }
      expect(found).toEqual([])
    })
  })

/** One specimen of each kind and of each way that a kind is shown otherwise, and of each colour that code is looked at for. */
function eachWay(specimens: readonly Specimen[]): readonly Specimen[] {
  const ways = Map.groupBy(specimens, ({ kind, shown, finds }) => `${kind} ${shown} ${kind === 'code' && finds}`)
  return [...ways.values()].flatMap(([first]) => first ?? [])
}

async function check(preview: Locator, specimen: Specimen) {
  const { kind, shown = kind, texts: wanted = [], finds, width, encoding } = specimen
  if (kind !== 'empty') {
    await expect(preview.locator('[data-kind]')).toHaveAttribute('data-kind', kind)
    await expect(preview.locator('[data-kind]')).toHaveAttribute('data-shown', shown)
  }
  for (const text of wanted) await expect(preview).toContainText(text)
  await expect(preview).not.toContainText('Probably: Unknown')
  if (encoding) await expect(preview.getByLabel('Encoding')).toHaveValue(encoding)
  if (finds) await expect(preview.locator(finds).first()).toBeVisible()
  if (width !== undefined)
    await expect
      .poll(() => preview.locator('img').evaluate((image) => (image as HTMLImageElement).naturalWidth))
      .toBe(width)
}
