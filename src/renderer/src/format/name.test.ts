import { expect, test } from 'vitest'
import { endOfName, endOfPath, visibleName } from './name.ts'

test('ordinary names stay as they are, in every script', () => {
  for (const name of ['report.csv', 'Ångström 2.pdf', '発注書.xlsx', 'שלום.txt', '📦.zip'])
    expect(visibleName(name)).toBe(name)
})

test('what can not be seen is shown, and every place stays where it is', () => {
  const name = 'invoice\u202efdp.exe\n'
  expect(visibleName(name)).toBe('invoice␦fdp.exe␊')
  expect(visibleName(name)).toHaveLength(name.length)
})

test('a long name keeps its ending and a few letters before it; a short one is not divided', () => {
  const end = (name: string) => name.slice(endOfName(name))
  expect(end('report.csv')).toBe('')
  expect(end('quarterly-report-of-all-regions-final.csv')).toBe('-final.csv')
  expect(end('a-folder-with-a-name-that-is-long')).toBe('s-long')
  expect(end(`${'x'.repeat(30)}\u{1f4e6}12345.zip`)).toBe('\u{1f4e6}12345.zip')
})

test('a long name that runs to the left is not divided, as its parts would change places', () => {
  const name = 'תקרית-שנתית-של-כל-האזורים-סופית.csv'
  expect(endOfName(name)).toBe(name.length)
})

test('a long path keeps its last name, whole where that is not long', () => {
  const end = (path: string) => path.slice(endOfPath(path))
  expect(end('a/b.txt')).toBe('')
  expect(end('workspace/reports/2026/all.csv')).toBe('all.csv')
  expect(end('workspace/quarterly-report-of-all-regions-final.csv')).toBe('-final.csv')
  expect(end('reports-of-a-folder/סיכום.csv')).toBe('סיכום.csv')
})
