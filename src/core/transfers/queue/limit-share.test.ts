import { expect, test } from 'vitest'
import { createLimitShare } from './limit-share.ts'

test('files and archives keep to one limit together, and each to all of it alone', () => {
  const told: [string, number | null][] = []
  const share = createLimitShare(
    { setLimit: (limit) => void told.push(['files', limit]) },
    { setLimit: (limit) => void told.push(['archives', limit]) },
  )
  share.setLimit(1_000)
  share.onChange({ files: true, archives: false })
  share.onChange({ files: true, archives: true })
  share.onChange({ files: false, archives: true })
  share.setLimit(null)
  share.onChange({ files: true, archives: true })
  const limits = told.filter(([whose]) => whose === 'archives').map(([, limit]) => limit)
  expect(limits).toEqual([1_000, 500, 1_000, null])
  expect(told.filter(([whose]) => whose === 'files').map(([, limit]) => limit)).toEqual(limits)
})
