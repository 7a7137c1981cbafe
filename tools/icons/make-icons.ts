// Draws every icon of the app from build/icon.svg with an installed Chromium: npm run icons
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { icoEdges, type Picture, toIcns, toIco } from './icon-containers.ts'

const build = path.resolve(import.meta.dirname, '../../build')
const linuxEdges = [16, 24, 32, 48, 64, 128, 256, 512] as const
const icnsEdges = [32, 64, 128, 256, 512, 1024] as const
/** Below this edge, in pixels, fine drawing only blurs. */
const detailFrom = 48

const source = readFileSync(path.join(build, 'icon.svg'), 'utf8')
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
const page = await browser.newPage()

const padded = await drawAll(page, source, icnsEdges)
const filled = await drawAll(page, withoutMargin(source), [...new Set([...icoEdges, ...linuxEdges])])
await browser.close()

mkdirSync(path.join(build, 'icons'), { recursive: true })
writeFileSync(path.join(build, 'icon.icns'), toIcns(padded))
writeFileSync(path.join(build, 'icon.ico'), toIco(filled))
for (const { edge, png } of filled.filter(({ edge }) => linuxEdges.some((each) => each === edge)))
  writeFileSync(path.join(build, 'icons', `${edge}x${edge}.png`), png)
writeFileSync(path.join(build, 'icons', 'made-from.sha256'), `${createHash('sha256').update(source).digest('hex')}\n`)

async function drawAll(canvas: Page, svg: string, edges: readonly number[]): Promise<readonly Picture[]> {
  const pictures: Picture[] = []
  for (const edge of edges) pictures.push({ edge, png: await draw(canvas, svg, edge) })
  return pictures
}

async function draw(canvas: Page, svg: string, edge: number): Promise<Buffer> {
  const shown = edge < detailFrom ? '.detail { display: none }' : ''
  await canvas.setViewportSize({ width: edge, height: edge })
  await canvas.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw } ${shown}</style>${svg}`)
  return canvas.screenshot({ omitBackground: true })
}

/** The drawing cropped to its tile: Windows and Linux draw icons to the edge, macOS leaves room around them. */
function withoutMargin(svg: string): string {
  const cropped = svg.replace('viewBox="0 0 1024 1024"', 'viewBox="84 84 856 856"')
  if (cropped === svg) throw new Error('build/icon.svg no longer has the view box that this crops.')
  return cropped
}
