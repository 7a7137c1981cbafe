import { useEffect, useRef, useState } from 'react'
import type { JsonAnswer, JsonQuestion } from './json.worker.ts'
import type { JsonRow } from './json-rows.ts'

export type JsonTreeState = {
  readonly rows: readonly JsonRow[]
  readonly isOpen: (index: number) => boolean
  /** Opens or closes the row, or fetches what a `more` row stands for. */
  readonly toggle: (index: number) => void
}

const parseMilliseconds = 10_000

/** Parses JSON in a worker, which keeps it and answers the rows that are opened; null until it is parsed. */
export function useJsonTree(
  bytes: Uint8Array | null,
  encoding: string,
  onProblem: (sentence: string) => void,
): JsonTreeState | null {
  const [rows, setRows] = useState<readonly JsonRow[] | null>(null)
  const asking = useRef<((question: JsonQuestion) => Promise<JsonAnswer>) | null>(null)
  const tellProblem = useRef(onProblem)
  tellProblem.current = onProblem

  useEffect(() => {
    if (!bytes) return
    const worker = new Worker(new URL('./json.worker.ts', import.meta.url), { type: 'module' })
    const waiting: ((answer: JsonAnswer) => void)[] = []
    worker.onmessage = ({ data }: MessageEvent<JsonAnswer>) => waiting.shift()?.(data)
    const ask = (question: JsonQuestion) =>
      new Promise<JsonAnswer>((resolve) => {
        waiting.push(resolve)
        worker.postMessage(question)
      })
    asking.current = ask
    const timer = setTimeout(() => {
      worker.terminate()
      tellProblem.current('This JSON takes too long to read as a tree. Its text is shown instead.')
    }, parseMilliseconds)
    void ask({ ask: 'parse', bytes, encoding }).then(async (answer) => {
      clearTimeout(timer)
      if (!answer.ok) return tellProblem.current(answer.message)
      const [root] = answer.rows
      const children = root && (await ask({ ask: 'children', id: root.id, from: 0 }))
      setRows([...answer.rows, ...(children?.ok ? children.rows : [])])
    })
    return () => {
      clearTimeout(timer)
      worker.terminate()
    }
  }, [bytes, encoding])

  if (!rows) return null
  const isOpen = (index: number) => (rows[index + 1]?.depth ?? 0) > (rows[index]?.depth ?? 0)
  return {
    rows,
    isOpen,
    toggle(index) {
      const row = rows[index]
      if (!row) return
      if (isOpen(index)) return setRows([...rows.slice(0, index + 1), ...rows.slice(endOfChildren(rows, index))])
      const from = row.type === 'more' ? Number(row.key) : 0
      void asking.current?.({ ask: 'children', id: row.id, from }).then((answer) => {
        if (!answer.ok) return
        const kept = row.type === 'more' ? index : index + 1
        setRows((now) =>
          now?.[index] === row ? [...now.slice(0, kept), ...answer.rows, ...now.slice(index + 1)] : now,
        )
      })
    },
  }
}

function endOfChildren(rows: readonly JsonRow[], index: number): number {
  const depth = rows[index]?.depth ?? 0
  let end = index + 1
  while (end < rows.length && (rows[end]?.depth ?? 0) > depth) end += 1
  return end
}
