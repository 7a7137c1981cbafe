import { expect, test } from 'vitest'
import { createListingIndex } from '../index/listing-index.ts'

const noFilter = { text: '', flat: false, directories: [], types: [], creators: [] }
const files = [
  { filePath: 'shot.png', mimeType: 'image/png', createdBy: 'agent' },
  { filePath: 'page.html', mimeType: null, createdBy: 'user' },
  { filePath: 'model.foobar', mimeType: 'application/x-model', createdBy: 'agent' },
]

function notesOn(text: string) {
  const index = createListingIndex()
  index.begin()
  const workspace = files.map((file, number) => ({
    id: `id-${number}`,
    agentId: '',
    executionId: '',
    directory: 'workspace',
    fileName: file.filePath,
    fileSize: 1,
    createdAt: '',
    updatedAt: '',
    downloadUrl: `https://x.example/${number}`,
    ...file,
  }))
  index.addBytes(Buffer.from(JSON.stringify({ directories: { workspace } })))
  index.complete(1)
  return index.filter({ ...noFilter, text }).filterNotes
}

test('a type that there is none of names those that there are', () => {
  expect(notesOn('a type:quux b')).toEqual([
    { from: 2, to: 11, message: expect.stringMatching(/^There is no such type\. .*image.*"web page"/), isFault: false },
  ])
  expect(notesOn('-type:quux')).toHaveLength(1)
})

test('a creator that made nothing here is told with those who did', () => {
  expect(notesOn('by:nobody')).toEqual([
    { from: 0, to: 9, message: expect.stringContaining('by agent and user.'), isFault: false },
  ])
})

test.each(['type:image', 'type:foobar', 'type:video', 'type:application/x-model', 'by:agent'])(
  'nothing is said at any letter of %s, which is known, though it may find nothing',
  (text) => {
    const value = text.indexOf(':') + 1
    for (let end = value + 1; end <= text.length; end += 1) expect(notesOn(text.slice(0, end))).toEqual([])
  },
)

test('nothing is said of values while there are no files yet', () => {
  expect(createListingIndex().filter({ ...noFilter, text: 'type:quux by:nobody' }).filterNotes).toEqual([])
})
