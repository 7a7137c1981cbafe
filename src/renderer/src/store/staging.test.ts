import { expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { Api } from '../../../shared/contract.ts'
import type { AppState } from './app-store.ts'
import { stagingSlice } from './staging.ts'

function start() {
  const dragged: unknown[] = []
  const told: string[] = []
  const offered: string[] = []
  const asked: unknown[] = []
  const api = {
    startDrag: (files: unknown) => dragged.push(files),
    invoke: async (command: string, input: unknown) => {
      asked.push([command, input])
      return { ok: true }
    },
  } as unknown as Api
  const store = createStore<AppState>()((...tools) => ({
    ...({
      listing: { listing: 7 },
      tell: (text: string, action?: string) => {
        told.push(text)
        if (action) offered.push(action)
      },
      report: ({ message }: { message: string }) => told.push(message),
    } as unknown as AppState),
    ...stagingSlice(api)(...tools),
  }))
  const apply = (node: number, status: Parameters<AppState['applyStaged']>[0][number]['status'], listing = 7) =>
    store.getState().applyStaged([{ listing, node, status }])
  return { store, dragged, told, offered, asked, apply }
}

test('a drag starts only when every file is ready, and names rows alone', () => {
  const { store, dragged, told, apply } = start()
  apply(1, { state: 'ready' })
  apply(2, { state: 'fetching', received: 1, size: 10 })
  store.getState().drag([1, 2])
  expect([dragged, told]).toEqual([[], ['Preparing the files. Drag them again when they are ready.']])
  apply(2, { state: 'ready' })
  store.getState().drag([1, 2])
  expect(dragged).toEqual([{ listing: 7, nodes: [1, 2] }])
})

test('what is too large is offered as a download', () => {
  const { store, dragged, offered, apply } = start()
  apply(1, { state: 'too-large' })
  store.getState().drag([1])
  expect(dragged).toEqual([])
  expect(offered).toEqual(['download-to'])
})

test('a selection that is partly out of sight says so, and is offered as a download', () => {
  const { store, dragged, told, offered } = start()
  store.getState().drag(null)
  expect([dragged, offered]).toEqual([[], ['download-to']])
  expect(told).toEqual(['Part of the selection is out of view. Copy or download it instead.'])
})

test('what failed says why', () => {
  const { store, told, apply } = start()
  apply(1, { state: 'failed', error: { kind: 'wrong-size', message: '“a” came short.' } })
  store.getState().drag([1])
  expect(told).toEqual(['“a” came short.'])
})

test('what is no longer being made ready loses its mark', () => {
  const { store, apply } = start()
  apply(1, { state: 'fetching', received: 0, size: 10 })
  apply(1, { state: 'dropped' })
  expect(store.getState().staged.get(1)).toBeUndefined()
})

test('copies of another run say nothing about this one', () => {
  const { store, dragged, apply } = start()
  apply(1, { state: 'ready' }, 6)
  store.getState().drag([1])
  expect(dragged).toEqual([])
})

test('files that turn out not to be ready lose their mark, and are prepared again', () => {
  const { store, told, asked, apply } = start()
  apply(1, { state: 'ready' })
  store.getState().refuseDrag(7, [1])
  expect(store.getState().staged.get(1)).toBeUndefined()
  expect(asked).toEqual([['staging:prefetch', { listing: 7, nodes: [1], urgent: true }]])
  expect(told).toEqual(['Preparing the file. Drag it again when it is ready.'])
})
