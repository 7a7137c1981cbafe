import { useEffect, useState } from 'react'
import { askWorker } from './ask-worker.ts'
import type { Token } from './highlight-tokens.ts'

/** No more is coloured, in UTF-16 units: beyond this a file is looked through, not read. */
const maximumLength = 300_000

/** Colours a text in a worker; null until it is done, and for good when it takes too long. */
export function useHighlighting(text: string, language: string | null): readonly (readonly Token[])[] | null {
  const [colours, setColours] = useState<readonly (readonly Token[])[] | null>(null)
  useEffect(() => {
    setColours(null)
    if (language === null || text.length > maximumLength) return
    const abort = new AbortController()
    const worker = new Worker(new URL('./highlight.worker.ts', import.meta.url), { type: 'module' })
    askWorker<{ text: string; language: string }, readonly (readonly Token[])[] | null>({
      worker,
      question: { text: text.replace(/\r\n?/g, '\n'), language },
      milliseconds: 4_000,
      signal: abort.signal,
      problem: '',
    }).then(setColours, () => {})
    return () => abort.abort()
  }, [text, language])
  return colours
}
