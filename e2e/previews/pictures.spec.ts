import { expect, type Locator, test } from '@playwright/test'
import { maximumBytesOfPictures, maximumPictures } from '../../src/shared/limits.ts'
import * as made from './made-files.ts'
import { previewedRun } from './previewed-run.ts'
import { startTrap } from './trap.ts'

const trap = await startTrap()
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="${trap.url}/svg"/></svg>`
/** References that no document may follow, by what they try. */
const refused = {
  'another host': `${trap.url}/remote.png`,
  'another host, by the scheme of the page': `${trap.url.replace('http:', '')}/remote.png`,
  'outside the run': '../../../../../../etc/passwd.png',
  'outside the run, written otherwise': '..%2f..%2f..%2fchart.png',
  'the disk': 'file:///etc/hostname.png',
  'a path from the root': '/home/agent/workspace/images/chart.png',
  'the app’s own files': 'app://bundle/icon.png',
  'a drawing': 'drawing.svg',
  'a drawing under another name': 'drawing.png',
  'what is too large': 'large.png',
}
const allRefused = Object.values(refused)
const pageOf = (references: readonly string[]) =>
  Buffer.from(`<!doctype html><p>here</p>${references.map((src) => `<img alt="one" src="${src}">`).join('\n')}`)
const padded = (bytes: number) => Buffer.concat([made.png(40, 30), Buffer.alloc(bytes)])
const numbers = Array.from({ length: maximumPictures + 8 }, (_, index) => index + 1)
const proseOf = (references: readonly string[]) =>
  Buffer.from(`# here\n\n${references.map((src) => `![one](${src})`).join('\n\n')}\n`)

test.describe('pictures of the run within its documents', () => {
  const opened = previewedRun([
    { name: 'report.md', content: proseOf(['images/chart.png', ...allRefused]) },
    { name: 'index.html', content: pageOf(['images/chart.png', './images/chart.png', ...allRefused]) },
    { name: 'images/chart.png', content: made.png(40, 30) },
    { name: 'drawing.svg', content: Buffer.from(drawing) },
    { name: 'drawing.png', content: Buffer.from(drawing) },
    { name: 'large.png', content: padded(5_000_000) },
    { name: 'many.md', content: proseOf(numbers.map((number) => `many/${number}.png`)) },
    ...numbers.map((number) => ({ name: `many/${number}.png`, content: made.png(40, 30) })),
    { name: 'heavy.md', content: proseOf(['photo.png', 'photo.png', 'images/chart.png', 'images/chart.png']) },
    { name: 'too-heavy.html', content: pageOf(['images/chart.png', 'photo.png', 'photo.png', 'photo.png']) },
    { name: 'photo.png', content: padded(Math.floor(maximumBytesOfPictures * 0.4)) },
  ])
  test.afterAll(() => trap.close())

  for (const [name, countShown] of [
    ['report.md', 1],
    ['index.html', 2],
  ] as const)
    test(`${name} shows those beside it and no others, and the document itself asks nobody`, async () => {
      const { window } = opened().app
      const asked: string[] = []
      window.on('request', (request) => asked.push(request.url()))
      const preview = await opened().show(name)
      const inside = name === 'index.html' ? preview.frameLocator('iframe').locator('body') : preview.locator('article')
      await expect(inside.getByText('here')).toBeVisible()
      const shown = inside.locator('img[src^="data:image/png;base64,"]')
      await expect(shown).toHaveCount(countShown)
      for (const picture of await shown.all()) await expect.poll(() => widthOf(picture)).toBe(40)
      expect(await inside.locator('img[src]:not([src^="data:"])').count()).toBe(0)
      expect(trap.visits).toEqual([])
      expect(opened().server.sentOf('large.png')).toBe(0)
      const own = `${new URL(window.url()).origin}/`
      const isWindows = (url: string) => url.startsWith(own) && !url.includes('.png')
      expect(asked.filter((url) => !isWindows(url) && !url.startsWith('data:image/png;base64,'))).toEqual([])
      expect(asked.join('\n')).not.toContain('corpus-key')
    })

  test('of many pictures only the first are asked for and shown', async () => {
    const preview = await opened().show('many.md')
    await expect(preview.locator('img[src^="data:"]')).toHaveCount(maximumPictures)
    for (const number of numbers)
      expect(opened().server.sentOf(`many/${number}.png`) > 0, `picture ${number}`).toBe(number <= maximumPictures)
  })

  test('a document holds no more bytes of pictures than it may, counted as often as each is shown', async () => {
    const pictures = (await opened().show('heavy.md')).locator('article img[src^="data:"]')
    await expect(pictures).toHaveCount(4, { timeout: 30_000 })
    // A page is laid out once all of its pictures are there, so there is none still to come.
    const page = (await opened().show('too-heavy.html')).frameLocator('iframe').locator('body')
    await expect(page.getByText('here')).toBeVisible({ timeout: 30_000 })
    await expect(page.locator('img[src^="data:"]')).toHaveCount(1)
  })
})

function widthOf(picture: Locator): Promise<number> {
  return picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)
}
