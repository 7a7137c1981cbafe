import { expect, test, vi } from 'vitest'
import { silentLogger } from '../core/log/logger.ts'
import type { Staging } from '../core/staging/staging.ts'
import { serveDrags } from './drag-out.ts'
import { once } from './once.ts'

const { listeners } = vi.hoisted(() => ({ listeners: new Map<string, (event: unknown, payload: unknown) => void>() }))
vi.mock('electron', () => ({
  ipcMain: {
    on: (name: string, listener: (event: unknown, payload: unknown) => void) => listeners.set(name, listener),
  },
  nativeImage: { createFromBuffer: () => ({}) },
}))

const drag = { listing: 1, nodes: [2] }

async function start(takeReady: Staging['takeReady'], startDrag: () => void) {
  const staging = once(async () => ({ takeReady }) as Staging)
  await staging()
  const refused: unknown[] = []
  const faults: string[] = []
  const log = { ...silentLogger, error: (message: string) => void faults.push(message) }
  serveDrags({ isTrusted: () => true, staging, onNotReady: (each) => refused.push(each), log })
  listeners.get('staging:drag')?.({ sender: { startDrag } }, drag)
  await new Promise(setImmediate)
  return { refused, faults }
}

test('a drag that the system refuses is told of in the window, and no fault', async () => {
  const refuse = () => {
    throw new Error('Must specify non-empty file')
  }
  const { refused, faults } = await start(() => ['/a'], refuse)
  expect(refused).toEqual([drag])
  expect(faults).toEqual(['A drag failed'])
})

test('copies that cannot be taken are told of in the window', async () => {
  const take = () => {
    throw Object.assign(new Error('EPERM'), { code: 'EPERM' })
  }
  expect((await start(take, () => {})).refused).toEqual([drag])
})

test('files that are ready are dragged', async () => {
  const startDrag = vi.fn()
  expect((await start(() => ['/a'], startDrag)).refused).toEqual([])
  expect(startDrag).toHaveBeenCalledWith(expect.objectContaining({ file: '/a', files: ['/a'] }))
})
