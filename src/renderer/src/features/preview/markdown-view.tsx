import { useEffect, useRef, useState } from 'react'
import { firstPartBytes } from '../../../../shared/limits.ts'
import { classes } from '../../ui/classes.ts'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import { askWorker } from './ask-worker.ts'
import { cleanFragment } from './clean-html.ts'
import styles from './markdown-view.module.css'
import shared from './preview.module.css'
import { showPictures } from './show-pictures.ts'
import { TextView } from './text-view.tsx'
import { useLoadedBytes } from './use-loaded-bytes.ts'
import type { ViewProps } from './view-props.ts'

/** Markdown as it is meant to be read, or as it was written. */
export function MarkdownView(props: ViewProps) {
  const { reader, head, name } = props
  const { bytes, isComplete, isLoading } = useLoadedBytes(reader, head, firstPartBytes)
  const [look, setLook] = useState<'read' | 'source'>('read')
  const article = useRef<HTMLElement>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    if (look === 'source' || isLoading) return
    const abort = new AbortController()
    const text = new TextDecoder(head.encoding ?? 'utf-8').decode(bytes, { stream: !isComplete })
    const worker = new Worker(new URL('./markdown.worker.ts', import.meta.url), { type: 'module' })
    askWorker<string, string>({
      worker,
      question: text,
      milliseconds: 4_000,
      signal: abort.signal,
      problem: 'This Markdown takes too long to lay out. Its text is under “Source”.',
    }).then(
      (html) => {
        const { fragment, wanted } = cleanFragment(html)
        article.current?.replaceChildren(fragment)
        return showPictures(reader, wanted, abort.signal)
      },
      (thrown: Error) => abort.signal.aborted || setProblem(thrown.message),
    )
    return () => abort.abort()
  }, [reader, head, bytes, isComplete, isLoading, look])

  return (
    <div className={shared.view}>
      <div className={shared.tools}>
        <ToggleGroup
          label="Look"
          value={look}
          choices={[
            ['read', 'Read'],
            ['source', 'Source'],
          ]}
          onChange={setLook}
        />
        {!isComplete && look === 'read' && <span className={shared.quiet}>The beginning of a longer text</span>}
      </div>
      {look === 'source' ? (
        <TextView {...props} />
      ) : (
        <section
          className={classes(shared.scroller, styles.prose)}
          aria-label={`Text of ${name}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
          tabIndex={0}
          data-selectable
        >
          {problem ? <p>{problem}</p> : <article ref={article} />}
        </section>
      )}
    </div>
  )
}
