import type { SourceFile } from '../../transfers/file-source.ts'
import { type NodeTable, segmentsOf } from '../columns/node-table.ts'
import type { NodeMask } from '../summary/file-totals.ts'
import type { Catalogue } from './catalogue.ts'
import { sourceFileOf } from './file-fields.ts'
import type { Snapshot } from './snapshot.ts'

type Step = readonly SourceFile[] | readonly string[]

/** Walks under way, by number: what is too much for one answer is asked for step by step. */
export type Walks = {
  readonly start: (steps: Iterator<Step>) => number
  /** The next step, or null at the end. */
  readonly next: (walk: number) => Step | null
  readonly end: (walk: number) => void
  /** Whether none is under way. */
  readonly areDone: () => boolean
}

const stepLength = 500

export function createWalks(): Walks {
  const walks = new Map<number, Iterator<Step>>()
  let last = 0
  return {
    start(steps) {
      last += 1
      walks.set(last, steps)
      return last
    },
    next(walk) {
      const step = walks.get(walk)?.next()
      if (step && !step.done) return step.value
      walks.delete(walk)
      return null
    },
    end(walk) {
      walks.delete(walk)
    },
    areDone: () => walks.size === 0,
  }
}

/** The present files of a mask, or all without one, as they are in this listing, whatever comes after it. */
export function* fileSteps(
  catalogue: Catalogue,
  { files, presentCount }: Snapshot,
  mask: NodeMask | null,
): Generator<readonly SourceFile[]> {
  let step: SourceFile[] = []
  for (let index = 0; index < presentCount; index += 1) {
    if (mask && mask[files.node[index] ?? 0] !== 1) continue
    step.push(sourceFileOf(catalogue, files, index))
    if (step.length < stepLength) continue
    yield step
    step = []
  }
  if (step.length > 0) yield step
}

export function* pathSteps(table: NodeTable, nodes: readonly number[] | Int32Array): Generator<readonly string[]> {
  for (let from = 0; from < nodes.length; from += stepLength)
    yield Array.from(nodes.slice(from, from + stepLength), (node) => segmentsOf(table, node).join('/'))
}
