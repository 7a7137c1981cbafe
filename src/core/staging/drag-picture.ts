import { encodePng } from '../png.ts'

type Colour = readonly [red: number, green: number, blue: number, alpha: number]

/** Pixels a side; shown at half of that, so that it is sharp on fine screens. */
const dragPictureSize = 96

const paper: Colour = [255, 255, 255, 235]
const edge: Colour = [120, 124, 135, 255]
const badge: Colour = [10, 102, 214, 255]
const ink: Colour = [255, 255, 255, 255]

/** Digits of 3 by 5 dots, a row a number; `+` comes last. */
const glyphs: Readonly<Record<string, readonly number[]>> = {
  0: [7, 5, 5, 5, 7],
  1: [2, 6, 2, 2, 7],
  2: [7, 1, 7, 4, 7],
  3: [7, 1, 7, 1, 7],
  4: [5, 5, 7, 1, 1],
  5: [7, 4, 7, 1, 7],
  6: [7, 4, 7, 5, 7],
  7: [7, 1, 2, 2, 2],
  8: [7, 5, 7, 5, 7],
  9: [7, 5, 7, 1, 7],
  '+': [0, 2, 7, 2, 0],
}

/**
 * Draws what hangs at the pointer during a drag: a sheet of paper, several for several files, with their count.
 *
 * Drawn here, since main has no canvas and the picture must be there before the drag starts. Answers a PNG.
 */
export function drawDragPicture(count: number): Buffer {
  const pixels = Buffer.alloc(dragPictureSize * dragPictureSize * 4)
  if (count > 2) sheet(pixels, 30, 6)
  if (count > 1) sheet(pixels, 24, 12)
  sheet(pixels, 18, 18)
  if (count > 1) countBadge(pixels, count > 999 ? '999+' : String(count))
  return encodePng({ width: dragPictureSize, height: dragPictureSize, pixels }, 'transparent')
}

function sheet(pixels: Buffer, left: number, top: number): void {
  const width = 46
  const height = 58
  const fold = 14
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      if (x - (width - fold) > y) continue
      const isEdge = x < 2 || y < 2 || x >= width - 2 || y >= height - 2 || x - (width - fold) > y - 2
      const isFold = x >= width - fold && y < fold && (x < width - fold + 2 || y >= fold - 2)
      put(pixels, left + x, top + y, isEdge || isFold ? edge : paper)
    }
}

function countBadge(pixels: Buffer, text: string): void {
  const dot = 3
  const width = Math.max(26, text.length * 4 * dot + 14)
  const height = 26
  const left = dragPictureSize - width - 2
  const top = dragPictureSize - height - 8
  const radius = height / 2
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const beside = Math.max(radius - x - 0.5, x + 0.5 - (width - radius), 0)
      if (Math.hypot(beside, y + 0.5 - radius) <= radius) put(pixels, left + x, top + y, badge)
    }
  const start = left + Math.round((width - (text.length * 4 - 1) * dot) / 2)
  for (const [index, character] of [...text].entries())
    for (const [row, bits] of (glyphs[character] ?? []).entries())
      for (let column = 0; column < 3; column += 1) {
        if ((bits & (4 >> column)) === 0) continue
        const x = start + (index * 4 + column) * dot
        for (let inner = 0; inner < dot * dot; inner += 1)
          put(pixels, x + (inner % dot), top + 6 + row * dot + Math.floor(inner / dot), ink)
      }
}

function put(pixels: Buffer, x: number, y: number, colour: Colour): void {
  pixels.set(colour, (y * dragPictureSize + x) * 4)
}
