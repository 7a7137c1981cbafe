import { expect, test } from 'vitest'
import { openRun } from '../testing/open-run.ts'
import type { AppState } from './app-store.ts'

const texts = ({ notices }: AppState) => notices.map(({ text }) => text)
const problem = (message: string) => ({ kind: 'invalid-input', message }) as const

test('what is said again while it is on show stays one notice, in its place', async () => {
  const { state } = await openRun()
  state().tell('One.')
  state().report(problem('Two.'))
  const id = state().notices[0]?.id
  state().tell('One.')
  expect(state().notices).toMatchObject([
    { id, text: 'One.', times: 2 },
    { text: 'Two.', times: 1 },
  ])
})

test('of many notices the newest stay, and problems longer than words', async () => {
  const { state } = await openRun()
  state().report(problem('A.'))
  state().tell('B.')
  state().report(problem('C.'))
  state().report(problem('D.'))
  expect(texts(state())).toEqual(['A.', 'C.', 'D.'])
  state().tell('E.')
  expect(texts(state())).toEqual(['C.', 'D.', 'E.'])
})

test('what the person stopped is no problem to tell of', async () => {
  const { state } = await openRun()
  state().report({ kind: 'cancelled', message: 'You cancelled this.' })
  expect(state().notices).toEqual([])
})
