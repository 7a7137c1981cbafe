import { useEffect, useState } from 'react'
import { maximumLaidOutLength, maximumPageLength } from '../../../../shared/limits.ts'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import { cleanPage } from './clean-html.ts'
import styles from './html-view.module.css'
import shared from './preview.module.css'
import { PreviewProblem, readWhole } from './preview-reader.ts'
import { showPictures } from './show-pictures.ts'
import { TextView } from './text-view.tsx'
import type { ViewProps } from './view-props.ts'

/** Milliseconds after which a page is shown without the pictures that are not there yet. */
const longestWait = 4_000

/** A page of HTML: its source, or how it looks with no scripts and no network. */
export function HtmlView(props: ViewProps) {
  const { reader, head, name } = props
  const [look, setLook] = useState<'page' | 'source'>('page')
  const [address, setAddress] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    if (look === 'source') return
    const abort = new AbortController()
    const load = async () => {
      const bytes = await readWhole(reader, head, maximumPageLength)
      if (!bytes) throw new PreviewProblem('This page is too large to be laid out. Its text is under “Source”.')
      const { text, wanted } = cleanPage(new TextDecoder(head.encoding ?? 'utf-8').decode(bytes))
      // The page is laid out once, so it waits for its pictures, but not for long.
      const patience = AbortSignal.any([abort.signal, AbortSignal.timeout(longestWait)])
      await Promise.race([showPictures(reader, wanted, patience), whenAborted(patience)])
      if (abort.signal.aborted) return
      const page = await reader.addPage(text().slice(0, maximumLaidOutLength))
      if (!abort.signal.aborted) setAddress(page)
    }
    load().catch((thrown: unknown) => {
      if (!abort.signal.aborted)
        setProblem(thrown instanceof PreviewProblem ? thrown.message : 'This page could not be laid out.')
    })
    return () => abort.abort()
  }, [reader, head, look])

  return (
    <div className={shared.view}>
      <div className={shared.tools}>
        <ToggleGroup
          label="Look"
          value={look}
          choices={[
            ['page', 'Page'],
            ['source', 'Source'],
          ]}
          onChange={setLook}
        />
        {look === 'page' && <span className={shared.quiet}>Scripts, pictures from elsewhere and links are off</span>}
      </div>
      {look === 'source' && <TextView {...props} />}
      {look === 'page' && problem && <p className={shared.sentence}>{problem}</p>}
      {look === 'page' && address && !problem && (
        <iframe className={styles.page} src={address} sandbox="" title={`Page ${name}`} referrerPolicy="no-referrer" />
      )}
    </div>
  )
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
