import { expect, test } from 'vitest'
import { visibleName } from './name.ts'

test('ordinary names stay as they are, in every script', () => {
  for (const name of ['report.csv', 'Ångström 2.pdf', '発注書.xlsx', 'שלום.txt', '📦.zip'])
    expect(visibleName(name)).toBe(name)
})

test('what can not be seen is shown, and every place stays where it is', () => {
  const name = 'invoice\u202efdp.exe\n'
  expect(visibleName(name)).toBe('invoice␦fdp.exe␊')
  expect(visibleName(name)).toHaveLength(name.length)
})
