import { expect, test } from 'vitest'
import { childrenAtOnce, createJsonTree } from './json-rows.ts'

const summary = (rows: readonly { key: string | null; type: string; text: string; childCount: number }[]) =>
  rows.map(({ key, type, text, childCount }) => [key, type, text || childCount])

test('a tree answers its root, then what is opened', () => {
  const tree = createJsonTree('{"a": [1, "x", null, true], "b": {}}')
  const root = tree.root()
  expect(summary([root])).toEqual([[null, 'object', 2]])
  const [a] = tree.children(root.id, 0)
  expect(summary(tree.children(root.id, 0))).toEqual([
    ['a', 'array', 4],
    ['b', 'object', 0],
  ])
  expect(summary(tree.children(a?.id ?? -1, 0))).toEqual([
    ['0', 'number', '1'],
    ['1', 'string', '"x"'],
    ['2', 'null', 'null'],
    ['3', 'boolean', 'true'],
  ])
})

test('numbers past what JavaScript holds are shown as they were written', () => {
  const tree = createJsonTree('[12345678901234567890, 1e400, 0.1]')
  expect(tree.children(tree.root().id, 0).map(({ text }) => text)).toEqual(['12345678901234567890', '1e400', '0.1'])
})

test('a huge array is answered a part at a time', () => {
  const tree = createJsonTree(JSON.stringify(Array.from({ length: 2_500 }, (_, index) => index)))
  const { id } = tree.root()
  const first = tree.children(id, 0)
  expect(first.length).toBe(childrenAtOnce + 1)
  expect(first.at(-1)).toMatchObject({ type: 'more', key: '1000', text: '1500' })
  expect(tree.children(id, 2_000).length).toBe(500)
})

test('keys that mean something to JavaScript are keys like others', () => {
  const tree = createJsonTree('{"__proto__": {"x": 1}, "constructor": 2}')
  expect(tree.children(tree.root().id, 0).map(({ key }) => key)).toEqual(['__proto__', 'constructor'])
})

test('a text that is cut off or broken is refused', () => {
  expect(() => createJsonTree('{"a": ')).toThrow(SyntaxError)
})

test('a nest a hundred thousand deep is opened level by level, or refused', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  try {
    const tree = createJsonTree(deep)
    expect(tree.children(tree.root().id, 0).length).toBe(1)
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(RangeError)
  }
})
