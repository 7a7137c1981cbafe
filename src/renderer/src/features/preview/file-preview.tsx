import { File } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import type { PreviewHead } from '../../../../shared/models/preview.ts'
import { useApp } from '../../store/store-context.tsx'
import { Button } from '../../ui/button.tsx'
import styles from './preview.module.css'
import { PreviewBoundary } from './preview-boundary.tsx'
import { PreviewProblem, type PreviewReader } from './preview-reader.ts'
import type { ViewProps } from './view-props.ts'
import { HexView, PreviewSkeleton, TextView, views } from './views.tsx'

type FilePreviewProps = {
  readonly reader: PreviewReader
  readonly listing: number
  readonly node: number
  readonly name: string
  /** Differs when the file was written anew. */
  readonly version: string
  readonly isGrowing: boolean
}
type Opening =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly sentence: string }
  | { readonly state: 'ready'; readonly head: PreviewHead }

/** What a file is, shown as its kind is best seen. */
export function FilePreview({ reader, listing, node, name, version, isGrowing }: FilePreviewProps) {
  const tellFoundType = useApp((state) => state.tellFoundType)
  const [opening, setOpening] = useState<Opening>({ state: 'loading' })
  const [attempt, setAttempt] = useState(0)
  // A log that grows is read on at its end; the beginning stays as it is.
  const isFollowed = isGrowing && opening.state === 'ready' && opening.head.kind === 'log'
  const wantedVersion = isFollowed ? null : version
  useEffect(() => {
    if (wantedVersion === null) return
    let isClosed = false
    reader.open().then(
      (head) => {
        if (isClosed) return
        setOpening({ state: 'ready', head })
        tellFoundType({ listing, node }, { mime: head.foundMime, description: head.description })
      },
      (thrown: unknown) => {
        const isKnown = thrown instanceof PreviewProblem
        const sentence = isKnown ? thrown.message : 'This file could not be read.'
        if (!isClosed && !(isKnown && thrown.isCancelled)) setOpening({ state: 'failed', sentence })
      },
    )
    return () => {
      isClosed = true
    }
  }, [reader, listing, node, tellFoundType, wantedVersion, attempt])

  switch (opening.state) {
    case 'loading':
      return <PreviewSkeleton />
    case 'failed':
      return (
        <div className={styles.sentence} role="alert">
          <p>{`There is no preview of “${name}”. ${opening.sentence}`}</p>
          <Button
            onPress={() => {
              setOpening({ state: 'loading' })
              setAttempt(attempt + 1)
            }}
          >
            Try again
          </Button>
        </div>
      )
    case 'ready':
      return <OpenedFile reader={reader} head={opening.head} name={name} isGrowing={isGrowing} />
  }
}

type Fallback = { readonly to: 'text' | 'bytes'; readonly sentence: string }

function OpenedFile(props: Omit<ViewProps, 'fallBack'>) {
  const { head, name } = props
  const [fallback, setFallback] = useState<Fallback | null>(null)
  const fallBack = useCallback((to: Fallback['to'], sentence: string) => setFallback({ to, sentence }), [])
  if (head.kind === 'empty')
    return (
      <div className={styles.nothing}>
        <File size={28} strokeWidth={1.25} aria-hidden />
        <p>This file is empty.</p>
      </div>
    )
  const Chosen = fallback ? (fallback.to === 'text' ? TextView : HexView) : views[head.kind]
  return (
    <div className={styles.preview} data-kind={head.kind} data-shown={fallback?.to ?? head.kind}>
      <p className={styles.kind}>
        {head.kind === 'binary' && head.foundMime !== null ? `Probably: ${head.description}` : head.description}
        {fallback && <span className={styles.notice}>{fallback.sentence}</span>}
      </p>
      <PreviewBoundary onProblem={(sentence) => fallBack('bytes', sentence)}>
        <Chosen key={fallback?.to ?? 'own'} {...props} name={name} fallBack={fallBack} />
      </PreviewBoundary>
    </div>
  )
}
