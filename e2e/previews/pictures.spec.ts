import { expect, type Locator, test } from '@playwright/test'
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
const pagePictures = (references: readonly string[]) =>
  references.map((src) => `<img alt="one" src="${src}">`).join('\n')
const page = `<!doctype html><p>here</p>${pagePictures(['images/chart.png', './images/chart.png', ...allRefused])}`
const prose = `# here\n\n${['images/chart.png', ...allRefused].map((src) => `![one](${src})`).join('\n\n')}\n`
const large = Buffer.concat([made.png(40, 30), Buffer.alloc(5_000_000)])

test.describe('pictures of the run within its documents', () => {
  const opened = previewedRun([
    { name: 'report.md', content: Buffer.from(prose) },
    { name: 'index.html', content: Buffer.from(page) },
    { name: 'images/chart.png', content: made.png(40, 30) },
    { name: 'drawing.svg', content: Buffer.from(drawing) },
    { name: 'drawing.png', content: Buffer.from(drawing) },
    { name: 'large.png', content: large },
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
})

function widthOf(picture: Locator): Promise<number> {
  return picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)
}
