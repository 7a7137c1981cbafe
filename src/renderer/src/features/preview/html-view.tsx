import { useEffect, useState } from 'react'
import { maximumPageLength } from '../../../../shared/limits.ts'
import { cleanPage } from './clean-html.ts'
import styles from './preview.module.css'
import { PreviewProblem, readWhole } from './preview-reader.ts'
import { TextView } from './text-view.tsx'
import { ToggleGroup } from './toggle-group.tsx'
import type { ViewProps } from './view-props.ts'

/** A page of HTML: its source, or how it looks with no scripts and no network. */
export function HtmlView(props: ViewProps) {
  const { reader, head, name } = props
  const [look, setLook] = useState<'page' | 'source'>('page')
  const [address, setAddress] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    if (look === 'source') return
    let isClosed = false
    const load = async () => {
      const bytes = await readWhole(reader, head, maximumPageLength)
      if (!bytes) throw new PreviewProblem('This page is too large to be laid out. Its text is under “Source”.')
      const html = cleanPage(new TextDecoder(head.encoding ?? 'utf-8').decode(bytes))
      const page = await reader.addPage(html.slice(0, maximumPageLength))
      if (!isClosed) setAddress(page)
    }
    load().catch((thrown: unknown) => {
      if (!isClosed) setProblem(thrown instanceof PreviewProblem ? thrown.message : 'This page could not be laid out.')
    })
    return () => {
      isClosed = true
    }
  }, [reader, head, look])

  return (
    <div className={styles.view}>
      <div className={styles.tools}>
        <ToggleGroup
          label="Look"
          value={look}
          choices={[
            ['page', 'Page'],
            ['source', 'Source'],
          ]}
          onChange={setLook}
        />
        {look === 'page' && <span className={styles.quiet}>Scripts, pictures from elsewhere and links are off</span>}
      </div>
      {look === 'source' && <TextView {...props} />}
      {look === 'page' && problem && <p className={styles.sentence}>{problem}</p>}
      {look === 'page' && address && !problem && (
        <iframe className={styles.page} src={address} sandbox="" title={`Page ${name}`} referrerPolicy="no-referrer" />
      )}
    </div>
  )
}
