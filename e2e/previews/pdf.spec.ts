import { expect, type Locator, test } from '@playwright/test'
import { japaneseText, lettersByCharacterMap, scannedSquare, squareInStandardFont } from './made-pdfs.ts'
import { previewedRun } from './previewed-run.ts'

/** A part of a page, in points from its lower left corner. */
type Part = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

test.describe('a PDF that does not bring all that it needs', () => {
  const opened = previewedRun([
    { name: 'standard-font.pdf', content: squareInStandardFont() },
    { name: 'character-map.pdf', content: lettersByCharacterMap() },
    { name: 'japanese.pdf', content: japaneseText() },
    { name: 'scanned.pdf', content: scannedSquare() },
  ])

  test('is drawn with the font that every reader is to have, from the app’s own files', async () => {
    const asked: string[] = []
    opened().app.window.on('request', (request) => asked.push(request.url()))
    const preview = await opened().show('standard-font.pdf')
    await expect.poll(() => asked.join('\n')).toContain('/pdf/fonts/FoxitDingbats.pfb')
    await expect.poll(() => inkOf(preview, { x: 55, y: 55, width: 55, height: 55 })).toBeGreaterThan(0.95)
  })

  test('is drawn with the map of its East Asian codes', async () => {
    const preview = await opened().show('character-map.pdf')
    // The left stem of the first H.
    await expect.poll(() => inkOf(preview, { x: 50, y: 60, width: 8, height: 50 })).toBeGreaterThan(0.95)
  })

  test('has its Japanese text drawn in a font of the system', async () => {
    const preview = await opened().show('japanese.pdf')
    await expect.poll(() => inkOf(preview, { x: 40, y: 50, width: 180, height: 60 })).toBeGreaterThan(0.02)
  })

  test('has its scanned pages unpacked', async () => {
    const preview = await opened().show('scanned.pdf')
    await expect.poll(() => inkOf(preview, { x: 55, y: 55, width: 90, height: 90 })).toBeGreaterThan(0.95)
    expect(await inkOf(preview, { x: 200, y: 20, width: 90, height: 90 })).toBe(0)
  })
})

/** How much of a part of the first page is dark, from 0 to 1. */
async function inkOf(preview: Locator, part: Part): Promise<number> {
  const canvas = preview.locator('canvas').first()
  await expect(canvas).toBeVisible()
  return canvas.evaluate((element, { x, y, width, height }) => {
    const page = element as HTMLCanvasElement
    const scale = page.width / 300
    const at = (points: number) => Math.round(points * scale)
    const pixels = page.getContext('2d')?.getImageData(at(x), page.height - at(y + height), at(width), at(height)).data
    if (!pixels) return 0
    let dark = 0
    for (let index = 0; index < pixels.length; index += 4) if ((pixels[index] ?? 255) < 128) dark += 1
    return dark / (pixels.length / 4)
  }, part)
}
