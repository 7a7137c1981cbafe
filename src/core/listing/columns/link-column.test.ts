import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLinkColumn } from './link-column.ts'

test('a link comes back as it was put in, whatever it is made of', () => {
  const part = fc.constantFrom('https://x.example/', 'a', '?', 'sig=', '&', 'é', '\u{1f600}', '')
  const link = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(fc.array(link, { maxLength: 40 }), (links) => {
      const column = createLinkColumn()
      for (const each of links) column.append(each)
      expect(links.map((_, index) => column.at(index))).toEqual(links)
      expect(column.at(links.length)).toBe('')
    }),
  )
})

test('signed links cost little more than what is their own', () => {
  const column = createLinkColumn()
  const shared =
    'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIA/20260131/us-east-1/s3/aws4_request&X-Amz-Expires=900'
  for (let number = 0; number < 1_600; number += 1) {
    const signature = String(number).padStart(64, 'f')
    column.append(`https://bucket.example/runs/${number}/file-${number}.txt?${shared}&X-Amz-Signature=${signature}`)
  }
  expect(column.byteLength() / 1_600).toBeLessThan(50)
})
