import { createJsonTree, type JsonRow, type JsonTree } from './json-rows.ts'

/** The first question is the text; each later one names a row to open. Questions are answered in order. */
export type JsonQuestion =
  | { readonly ask: 'parse'; readonly bytes: Uint8Array; readonly encoding: string }
  | { readonly ask: 'children'; readonly id: number; readonly from: number }
export type JsonAnswer =
  | { readonly ok: true; readonly rows: readonly JsonRow[] }
  | { readonly ok: false; readonly message: string }

let tree: JsonTree | null = null

addEventListener('message', ({ data }: MessageEvent<JsonQuestion>) => postMessage(answer(data)))

function answer(question: JsonQuestion): JsonAnswer {
  if (question.ask === 'children') return { ok: true, rows: tree?.children(question.id, question.from) ?? [] }
  try {
    tree = createJsonTree(new TextDecoder(question.encoding).decode(question.bytes))
    return { ok: true, rows: [tree.root()] }
  } catch (thrown) {
    const where =
      thrown instanceof SyntaxError ? (/position \d+( \(line \d+ column \d+\))?/.exec(thrown.message)?.[0] ?? '') : ''
    return {
      ok: false,
      message: `This is not valid JSON${where === '' ? '' : `: see ${where}`}. Its text is shown instead.`,
    }
  }
}
