import { useCallback, useEffect, useMemo, useState } from 'react'
import { firstPartBytes, maximumReadBytes } from '../../../../shared/limits.ts'
import type { PreviewHead } from '../../../../shared/models/preview.ts'
import { PreviewProblem, type PreviewReader } from './preview-reader.ts'

/** The beginning of a file, as far as it has been loaded. */
export type LoadedBytes = {
  readonly bytes: Uint8Array
  readonly size: number | null
  readonly isComplete: boolean
  readonly isLoading: boolean
  readonly problem: string | null
  /** Loads the next part; null when there is none, or when enough has been loaded to look at. */
  readonly loadMore: (() => void) | null
}

/** Keeps what has been loaded of a file, up to `most` bytes. */
export function useLoadedBytes(reader: PreviewReader, head: PreviewHead, most: number): LoadedBytes {
  const [bytes, setBytes] = useState<Uint8Array>(head.firstBytes)
  const [size, setSize] = useState(head.size)
  const [isComplete, setComplete] = useState(head.complete)
  const [isLoading, setLoading] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    setBytes(head.firstBytes)
    setSize(head.size)
    setComplete(head.complete)
    setProblem(null)
  }, [head])

  const load = useCallback(async () => {
    setLoading(true)
    setProblem(null)
    try {
      const wanted = bytes.length < firstPartBytes ? firstPartBytes : bytes.length + maximumReadBytes
      const part = await reader.read(bytes.length, Math.min(wanted, most) - bytes.length)
      const longer = new Uint8Array(bytes.length + part.bytes.length)
      longer.set(bytes)
      longer.set(part.bytes, bytes.length)
      setBytes(longer)
      setSize(part.size)
      setComplete(part.bytes.length === 0 || (part.size !== null && longer.length >= part.size))
    } catch (thrown) {
      setProblem(thrown instanceof PreviewProblem ? thrown.message : 'More of the file could not be read.')
    } finally {
      setLoading(false)
    }
  }, [reader, bytes, most])

  // The first bytes are few, so that they are there soon. A server without Range would send them all again.
  const goesOn = head.canRange && !isComplete && !isLoading && !problem && bytes.length < Math.min(firstPartBytes, most)
  useEffect(() => {
    if (goesOn) void load()
  }, [goesOn, load])

  const canLoad = !isComplete && !isLoading && bytes.length < most
  return useMemo(
    () => ({ bytes, size, isComplete, isLoading, problem, loadMore: canLoad ? () => void load() : null }),
    [bytes, size, isComplete, isLoading, problem, canLoad, load],
  )
}
