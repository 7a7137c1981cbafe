import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { createDecoder } from './decoder.ts'

const packed = gzipSync(Buffer.alloc(1_000_000, 'hello '))

/** Gives bytes piece by piece, resting as asked; answers when all came out. */
async function unpack(bytes: Buffer, onBytes: (bytes: Buffer) => void): Promise<void> {
  let drained = Promise.withResolvers<void>()
  const decoder = createDecoder('gzip', onBytes, () => drained.resolve())
  for (let at = 0; at < bytes.length; at += 50) {
    drained = Promise.withResolvers<void>()
    if (!decoder.write(bytes.subarray(at, at + 50))) await drained.promise
    await new Promise(setImmediate)
  }
  await decoder.end()
}

test('bytes come out as they were before they were packed', async () => {
  let length = 0
  await unpack(packed, (bytes) => {
    length += bytes.length
  })
  expect(length).toBe(1_000_000)
})

test('damaged bytes end it, and never leave anyone at rest', async () => {
  const damaged = Buffer.concat([packed.subarray(0, 30), Buffer.alloc(200_000)])
  await expect(unpack(damaged, () => {})).rejects.toMatchObject({
    error: { kind: 'bad-response', message: expect.stringContaining('arrived damaged') },
  })
})

test('who takes no more bytes is not given any, and what it threw is told', async () => {
  const enough = new Error('enough')
  let calls = 0
  const refuse = () => {
    calls += 1
    throw enough
  }
  await expect(unpack(packed, refuse)).rejects.toBe(enough)
  expect(calls).toBe(1)
})

test('an unknown way of packing is refused, and named', () => {
  expect(() =>
    createDecoder(
      'compress',
      () => {},
      () => {},
    ),
  ).toThrow('not supported (compress)')
})
