import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { edgeOf, icoEdges } from './icon-containers.ts'

const build = path.resolve(import.meta.dirname, '../../build')
const read = (file: string) => readFileSync(path.join(build, file))

test('the icons were drawn from the drawing as it is: npm run icons', () => {
  const hash = createHash('sha256').update(read('icon.svg')).digest('hex')
  expect(read('icons/made-from.sha256').toString().trim()).toBe(hash)
})

test('each of Linux’s icons has the size that its name says', () => {
  const names = readdirSync(path.join(build, 'icons')).filter((name) => name.endsWith('.png'))
  expect(names.length).toBeGreaterThan(7)
  for (const name of names) expect(`${edgeOf(read(`icons/${name}`))}x${edgeOf(read(`icons/${name}`))}.png`).toBe(name)
})

test('Windows’ icon holds a picture of each size, where its directory says', () => {
  const file = read('icon.ico')
  const edges = Array.from({ length: file.readUInt16LE(4) }, (_, index) => {
    const [size, offset] = [file.readUInt32LE(14 + 16 * index), file.readUInt32LE(18 + 16 * index)]
    return edgeOf(file.subarray(offset, offset + size))
  })
  expect(edges).toEqual([...icoEdges])
})

test('macOS’ icon holds a picture of each size, from 32 to 1024 pixels', () => {
  const file = read('icon.icns')
  expect(file.readUInt32BE(4)).toBe(file.length)
  const edges: number[] = []
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4))
    edges.push(edgeOf(file.subarray(at + 8, at + file.readUInt32BE(at + 4))))
  expect(edges).toEqual([32, 64, 128, 256, 256, 512, 512, 1024])
})
