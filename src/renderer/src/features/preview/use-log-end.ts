import { useEffect, useState } from 'react'
import { maximumReadBytes } from '../../../../shared/limits.ts'
import type { PreviewHead } from '../../../../shared/models/preview.ts'
import { formatSize } from '../../format/size.ts'
import { PreviewProblem, type PreviewReader } from './preview-reader.ts'

export type LogEnd = {
  readonly text: string
  /** Whether this is the whole log, so that its lines can be numbered. */
  readonly isFromStart: boolean
  readonly sentence: string
}

const firstPart = 256 * 1024
const maximumKept = 2 * 1024 * 1024
const pollMilliseconds = 2_000

/** Reads the end of a log, and what is added to it while the run goes on. */
export function useLogEnd(
  reader: PreviewReader,
  head: PreviewHead,
  { isOn, isGrowing, encoding }: { readonly isOn: boolean; readonly isGrowing: boolean; readonly encoding: string },
): LogEnd {
  const [end, setEnd] = useState<LogEnd>({ text: '', isFromStart: false, sentence: 'Loading the end…' })
  useEffect(() => {
    if (!isOn) return
    let isClosed = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const tail = createTail(reader, head, encoding)
    const step = async () => {
      try {
        const next = await tail.readOn()
        if (!isClosed) setEnd(next)
      } catch (thrown) {
        const sentence = thrown instanceof PreviewProblem ? thrown.message : 'The end of the log could not be read.'
        if (!isClosed) setEnd((before) => ({ ...before, sentence }))
      }
      if (!isClosed && isGrowing) timer = setTimeout(step, pollMilliseconds)
    }
    void step()
    return () => {
      isClosed = true
      clearTimeout(timer)
    }
  }, [reader, head, isOn, isGrowing, encoding])
  return end
}

/** Keeps the last part of a file that may grow. */
function createTail(reader: PreviewReader, head: PreviewHead, encoding: string) {
  let bytes = new Uint8Array()
  const rest = Math.max(0, (head.size ?? 0) - firstPart)
  // Even, so that no character of two bytes is cut.
  let from = rest - (rest % 2)

  return {
    async readOn(): Promise<LogEnd> {
      const at = from + bytes.length
      const part = await reader.read(at, maximumReadBytes)
      // A log that is shorter than before was begun anew.
      if (part.size !== null && part.size < at) {
        from = 0
        bytes = new Uint8Array()
        return this.readOn()
      }
      const longer = new Uint8Array(bytes.length + part.bytes.length)
      longer.set(bytes)
      longer.set(part.bytes, bytes.length)
      const over = Math.max(0, longer.length - maximumKept)
      const surplus = over + (over % 2)
      bytes = longer.slice(surplus)
      from += surplus
      const text = new TextDecoder(encoding).decode(bytes, { stream: true })
      // A first line that was cut off is left out.
      const start = from === 0 ? 0 : text.indexOf('\n') + 1
      return {
        text: text.slice(start),
        isFromStart: from === 0,
        sentence: `Last ${formatSize(bytes.length)} of ${formatSize(from + bytes.length)}`,
      }
    },
  }
}
