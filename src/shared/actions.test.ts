import { expect, test } from 'vitest'
import { actions, findAction } from './actions.ts'

test('no id and no shortcut is given twice', () => {
  const ids = actions.map(({ id }) => id)
  const shortcuts = actions.flatMap(({ shortcut }) => shortcut ?? [])
  expect(new Set(ids).size).toBe(ids.length)
  expect(new Set(shortcuts).size).toBe(shortcuts.length)
})

test('every action stands in the menu bar', () => {
  expect(actions.filter(({ menu }) => menu === null)).toEqual([])
})

test('an action is found by its id, and nothing by another text', () => {
  expect(findAction('refresh')?.shortcut).toBe('CmdOrCtrl+R')
  expect(findAction('format-disk')).toBeUndefined()
})
