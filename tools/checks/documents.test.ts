import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { documentFaults, unlinkedDecisions } from './documents.ts'

const root = path.resolve(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const files = globSync(['*.*', '{src,tools,e2e,docs,build,.github}/**/*.*'], { cwd: root }).map((file) =>
  file.replaceAll(path.sep, '/'),
)
const scripts = Object.keys(JSON.parse(read('package.json')).scripts)
const documents = files.filter((file) => file.endsWith('.md'))

test.each(documents)('%s names only files, folders, scripts and links that are there', (document) => {
  expect(documentFaults(document, read(document), { files, scripts })).toEqual([])
})

test('the architecture leads to every decision', () => {
  expect(unlinkedDecisions(read('docs/architecture.md'), files)).toEqual([])
})

test.each([
  ['It is in `src/main/gone.ts`.', 'src/main/gone.ts is no file'],
  ['`gone.ts` does it.', 'gone.ts is no file'],
  ['All of `src/gone`.', 'src/gone is no folder'],
  ['See [there](gone.md).', 'docs/gone.md is linked and not there'],
  ['Run `npm run -s gone`.', 'npm run gone is no script'],
])('%j is told', (text, told) => {
  const repository = { files: ['src/main/index.ts', 'docs/here.md'], scripts: ['build'] }
  const rest =
    '`index.ts`, `src/main/index.ts`, `src/main`, `src/main/`, `npm run build`, [a](here.md), [b](https://x.example/y)'
  expect(documentFaults('docs/a.md', `${rest}\n${text}`, repository)).toEqual([told])
})

test('a decision without a link is told', () => {
  const text = 'See [1](adr/0001-one.md).'
  expect(unlinkedDecisions(text, ['docs/adr/0001-one.md', 'docs/adr/0002-two.md'])).toEqual(['docs/adr/0002-two.md'])
})
