import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  createNodeTable,
  fileKind,
  internNode,
  type NodeTable,
  nameOf,
  none,
  repeatedNode,
} from '../columns/node-table.ts'
import { compareNames } from './compare-names.ts'
import { lastOf, nameOrderSteps, sortByName } from './name-order.ts'

const part = fc.oneof(
  fc.constantFrom('a', 'A', 'á', 'a\u0301', 'ß', 'ss', '0', '00', '007', '7', '10', '2', '.', '-', '_', ' ', '東', 'İ'),
  fc.string({ unit: 'grapheme', maxLength: 2 }),
)
const name = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('').replace(/[/\0]/g, '_'))

function addNames(nodes: NodeTable, names: readonly string[]): void {
  const taken = new Set<number>()
  for (const each of names) {
    let node = internNode(nodes, none, fileKind, each.toWellFormed())
    while (taken.has(node)) node = repeatedNode(nodes, node)
    taken.add(node)
  }
}

function createNameOrder(nodes: NodeTable, known: Int32Array | null = null): Int32Array {
  return lastOf(nameOrderSteps(nodes, known))
}

function plainOrder(nodes: NodeTable): readonly number[] {
  const all = Array.from({ length: nodes.count }, (_, node) => node)
  return all.sort((a, b) => compareNames(nameOf(nodes, a), nameOf(nodes, b)) || a - b)
}

test('names are sorted as comparing them two by two sorts them', () => {
  fc.assert(
    fc.property(fc.array(name, { maxLength: 80 }), (names) => {
      const nodes = createNodeTable()
      addNames(nodes, names)
      expect([...createNameOrder(nodes)]).toEqual(plainOrder(nodes))
    }),
  )
})

test('some of the names alone are sorted in the same way', () => {
  fc.assert(
    fc.property(fc.array(name, { maxLength: 80 }), fc.func(fc.boolean()), (names, isWanted) => {
      const nodes = createNodeTable()
      addNames(nodes, names)
      const some = plainOrder(nodes).filter(isWanted)
      expect([...sortByName(nodes, Int32Array.from(some).sort())]).toEqual(some)
    }),
  )
})

test('names that come while a sort is under way are no part of it', () => {
  const nodes = createNodeTable()
  const wordOf = (number: number) => `${(number * 7_919) % 40_000}-café`
  addNames(
    nodes,
    Array.from({ length: 40_000 }, (_, number) => wordOf(number)),
  )
  const expected = createNameOrder(nodes)
  const steps = nameOrderSteps(nodes, null)
  let taken = 0
  let step = steps.next()
  for (; !step.done; step = steps.next()) {
    taken += 1
    addNames(nodes, [`later ${taken}`])
  }
  expect(taken).toBeGreaterThan(5)
  expect([...step.value]).toEqual([...expected])
})

test('a few new names are merged into many to the same order', () => {
  const many = fc.array(name, { minLength: 110, maxLength: 130 })
  fc.assert(
    fc.property(many, fc.array(name, { minLength: 1, maxLength: 2 }), (known, added) => {
      const nodes = createNodeTable()
      addNames(nodes, known)
      const before = createNameOrder(nodes)
      addNames(nodes, added)
      expect([...createNameOrder(nodes, before)]).toEqual(plainOrder(nodes))
    }),
    { numRuns: 50 },
  )
})

test('people find numbers by their value and letters whatever their case', () => {
  const names = ['page10', 'Page9', 'page1', 'PAGE09', 'élan', 'elan2', 'Eland', 'page']
  expect(names.sort(compareNames)).toEqual(['élan', 'elan2', 'Eland', 'page', 'page1', 'PAGE09', 'Page9', 'page10'])
})
