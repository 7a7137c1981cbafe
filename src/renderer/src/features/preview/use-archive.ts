import { useCallback, useEffect, useRef, useState } from 'react'
import type { PreviewHead } from '../../../../shared/models/preview.ts'
import type { ArchiveEntry, ArchivePart, ArchiveReader } from './archive-entry.ts'
import { createGzipReader } from './gzip-reader.ts'
import { PreviewProblem, type PreviewReader } from './preview-reader.ts'
import { createTarReader } from './tar-reader.ts'
import { unpackInWorker } from './unpack-in-worker.ts'
import { createZipReader } from './zip-reader.ts'

export type Archive = {
  readonly entries: readonly ArchiveEntry[]
  readonly rest: ArchivePart['rest']
  readonly reached: number | null
  readonly isLoading: boolean
  readonly problem: string | null
  readonly loadMore: () => void
}

const nothing = { entries: [], rest: 'more', reached: null, problem: null } as const

/** Lists an archive, the first part by itself; null until that is there. */
export function useArchive(
  reader: PreviewReader,
  head: PreviewHead,
  name: string,
  onProblem: (sentence: string) => void,
): Archive | null {
  const [listed, setListed] = useState<Omit<Archive, 'isLoading' | 'loadMore'>>(nothing)
  const [isLoading, setLoading] = useState(true)
  const source = useRef<ArchiveReader | null>(null)

  const load = useCallback(
    async (from: ArchiveReader, isFirst: boolean) => {
      const isStill = () => source.current === from
      setLoading(true)
      try {
        const part = await from.next()
        if (isStill())
          setListed((before) => ({ ...part, entries: [...before.entries, ...part.entries], problem: null }))
      } catch (thrown) {
        const sentence = thrown instanceof PreviewProblem ? thrown.message : 'This archive could not be read.'
        if (isStill() && isFirst) onProblem(sentence)
        else if (isStill()) setListed((before) => ({ ...before, problem: sentence }))
      } finally {
        if (isStill()) setLoading(false)
      }
    },
    [onProblem],
  )

  useEffect(() => {
    const opened = openArchive(reader, head, name)
    source.current = opened
    setListed(nothing)
    void load(opened, true)
    return () => {
      source.current = null
      opened.close()
    }
  }, [reader, head, name, load])

  const loadMore = () => {
    if (source.current) void load(source.current, false)
  }
  const isFirst = listed.entries.length === 0 && listed.rest === 'more'
  return isFirst ? null : { ...listed, isLoading, loadMore }
}

function openArchive(reader: PreviewReader, head: PreviewHead, name: string): ArchiveReader {
  if (head.foundMime === 'application/gzip') return createGzipReader(reader, head, unpackInWorker(name))
  return head.foundMime === 'application/x-tar' ? createTarReader(reader, head) : createZipReader(reader, head)
}
