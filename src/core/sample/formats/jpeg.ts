import type { Picture } from './picture.ts'

/** The order in which the 64 values of a block are written (ITU-T T.81, figure A.6). */
const zigzag = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47,
  55, 62, 63,
]

/** How coarsely each frequency is kept, row by row: the luminance table of annex K.1, halved for quality. */
const steps = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51,
  87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101,
  72, 92, 95, 98, 112, 100, 103, 99,
].map((step) => Math.ceil(step / 2))

/** A Huffman table as the file holds it: how many codes there are of each length from 1 to 16, and their symbols. */
type HuffmanTable = { readonly counts: readonly number[]; readonly symbols: readonly number[] }

const differences: HuffmanTable = {
  counts: [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0],
  symbols: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
}
/** Every symbol has eight bits here: a flat table is legal, simple, and small enough for a sample. */
const frequencies: HuffmanTable = {
  counts: [0, 0, 0, 0, 0, 0, 0, 162, 0, 0, 0, 0, 0, 0, 0, 0],
  symbols: [
    0x00,
    0xf0,
    ...Array.from({ length: 16 }, (_, run) => Array.from({ length: 10 }, (_, size) => run * 16 + size + 1)).flat(),
  ],
}

type Code = { readonly bits: number; readonly length: number }

/** Encodes a picture as a baseline JPEG in colour, without subsampling (ITU-T T.81). */
export function encodeJpeg(picture: Picture): Buffer {
  const { width, height } = picture
  const size = [height >> 8, height & 255, width >> 8, width & 255]
  const headers = [
    [0xff, 0xd8],
    segment(0xe0, [...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    segment(0xdb, [0, ...zigzag.map((from) => steps[from] ?? 1)]),
    segment(0xc0, [8, ...size, 3, ...[1, 2, 3].flatMap((component) => [component, 0x11, 0])]),
    segment(0xc4, [0x00, ...differences.counts, ...differences.symbols]),
    segment(0xc4, [0x10, ...frequencies.counts, ...frequencies.symbols]),
    segment(0xda, [3, ...[1, 2, 3].flatMap((component) => [component, 0x00]), 0, 63, 0]),
  ]
  return Buffer.from([...headers.flat(), ...scan(picture), 0xff, 0xd9])
}

function segment(marker: number, body: readonly number[]): number[] {
  const length = body.length + 2
  return [0xff, marker, length >> 8, length & 255, ...body]
}

/** The picture's blocks as entropy-coded bytes. */
function scan(picture: Picture): number[] {
  const bytes: number[] = []
  const differenceCodes = codesOf(differences)
  const frequencyCodes = codesOf(frequencies)
  let pending = 0
  let pendingLength = 0

  function put(bits: number, length: number): void {
    for (let at = length - 1; at >= 0; at -= 1) {
      pending = (pending << 1) | ((bits >> at) & 1)
      pendingLength += 1
      if (pendingLength < 8) continue
      bytes.push(pending)
      // A zero after 0xff tells the reader that it is data and no marker.
      if (pending === 0xff) bytes.push(0)
      pending = 0
      pendingLength = 0
    }
  }
  function putSymbol(codes: ReadonlyMap<number, Code>, symbol: number, value: number, size: number): void {
    const code = codes.get(symbol)
    if (!code) throw new RangeError(`No code for symbol ${symbol}.`)
    put(code.bits, code.length)
    put(value < 0 ? value + 2 ** size - 1 : value, size)
  }
  function putBlock(values: Float64Array, before: number): void {
    const difference = (values[0] ?? 0) - before
    putSymbol(differenceCodes, sizeOf(difference), difference, sizeOf(difference))
    let zeros = 0
    for (let at = 1; at < 64; at += 1) {
      const value = values[zigzag[at] ?? 0] ?? 0
      if (value === 0) {
        zeros += 1
        continue
      }
      for (; zeros >= 16; zeros -= 16) putSymbol(frequencyCodes, 0xf0, 0, 0)
      putSymbol(frequencyCodes, zeros * 16 + sizeOf(value), value, sizeOf(value))
      zeros = 0
    }
    if (zeros > 0) putSymbol(frequencyCodes, 0x00, 0, 0)
  }

  const before = [0, 0, 0]
  const values = new Float64Array(64)
  for (let y = 0; y < picture.height; y += 8)
    for (let x = 0; x < picture.width; x += 8)
      for (let component = 0; component < 3; component += 1) {
        readBlock(picture, x, y, component, values)
        transform(values)
        putBlock(values, before[component] ?? 0)
        before[component] = values[0] ?? 0
      }
  if (pendingLength > 0) put(0x7f, 8 - pendingLength)
  return bytes
}

/** How many bits a value takes. */
function sizeOf(value: number): number {
  return value === 0 ? 0 : Math.floor(Math.log2(Math.abs(value))) + 1
}

function codesOf({ counts, symbols }: HuffmanTable): ReadonlyMap<number, Code> {
  const codes = new Map<number, Code>()
  let bits = 0
  let next = 0
  for (const [index, count] of counts.entries()) {
    for (const symbol of symbols.slice(next, next + count)) {
      codes.set(symbol, { bits, length: index + 1 })
      bits += 1
    }
    next += count
    bits <<= 1
  }
  return codes
}

const weights: readonly (readonly [number, number, number, number])[] = [
  [0.299, 0.587, 0.114, -128],
  [-0.168736, -0.331264, 0.5, 0],
  [0.5, -0.418688, -0.081312, 0],
]

/** Eight by eight values of one component, into `values`; at the edges the last pixel is repeated. */
function readBlock(picture: Picture, left: number, top: number, component: number, values: Float64Array): void {
  const { width, height, pixels } = picture
  const [red, green, blue, shift] = weights[component] ?? [0, 0, 0, 0]
  for (let index = 0; index < 64; index += 1) {
    const x = Math.min(width - 1, left + (index & 7))
    const y = Math.min(height - 1, top + (index >> 3))
    const at = (y * width + x) * 3
    values[index] = red * (pixels[at] ?? 0) + green * (pixels[at + 1] ?? 0) + blue * (pixels[at + 2] ?? 0) + shift
  }
}

const cosines = Float64Array.from({ length: 64 }, (_, index) => {
  const frequency = index >> 3
  return Math.cos((((index & 7) * 2 + 1) * frequency * Math.PI) / 16) * (frequency === 0 ? Math.SQRT1_2 : 1) * 0.5
})
const rows = new Float64Array(64)

/** The discrete cosine transform of a block in its place, rows then columns, in whole steps. */
function transform(values: Float64Array): void {
  const first = values[0] ?? 0
  if (values.every((value) => value === first)) {
    // Most of a screenshot is one colour, which has no frequencies.
    values.fill(0)
    values[0] = Math.round((first * 8) / (steps[0] ?? 1))
    return
  }
  for (let index = 0; index < 64; index += 1) {
    let sum = 0
    for (let k = 0; k < 8; k += 1) sum += (values[(index & 56) + k] ?? 0) * (cosines[(index & 7) * 8 + k] ?? 0)
    rows[index] = sum
  }
  for (let index = 0; index < 64; index += 1) {
    let sum = 0
    for (let k = 0; k < 8; k += 1) sum += (rows[k * 8 + (index & 7)] ?? 0) * (cosines[(index >> 3) * 8 + k] ?? 0)
    values[index] = Math.round(sum / (steps[index] ?? 1))
  }
}
