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

test('what is about rows stands in their context menu', () => {
  const aboutRows = actions.filter(({ subject }) => ['rows', 'file', 'folder'].includes(subject))
  expect(aboutRows.filter(({ context }) => context === null)).toEqual([])
})

test('every action but the palette itself is in the palette', () => {
  expect(actions.filter(({ palette }) => !palette).map(({ id }) => id)).toEqual(['palette'])
})
