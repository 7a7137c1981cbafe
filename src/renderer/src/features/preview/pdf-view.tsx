import type { PDFDocumentProxy } from 'pdfjs-dist'
import { useEffect, useRef, useState } from 'react'
import { formatCount } from '../../format/count.ts'
import { classes } from '../../ui/classes.ts'
import { type OpenPdf, openPdf } from './pdf-document.ts'
import styles from './pdf-view.module.css'
import shared from './preview.module.css'
import { PreviewProblem } from './preview-reader.ts'
import type { ViewProps } from './view-props.ts'

const maximumPages = 2_000

/** The pages of a PDF, each drawn when it comes into view. */
export function PdfView({ reader, head, fallBack }: ViewProps) {
  const [pdf, setPdf] = useState<OpenPdf | null>(null)
  const [ratio, setRatio] = useState(Math.SQRT2)
  useEffect(() => {
    let isClosed = false
    let opened: OpenPdf | null = null
    const load = async () => {
      opened = await openPdf(reader, head)
      const { width, height } = (await opened.pages.getPage(1)).getViewport({ scale: 1 })
      if (isClosed) return opened.close()
      setRatio(height / width)
      setPdf(opened)
    }
    load().catch((thrown: unknown) => {
      if (!isClosed)
        fallBack('bytes', thrown instanceof PreviewProblem ? thrown.message : 'This PDF is broken: it can’t be read.')
    })
    return () => {
      isClosed = true
      opened?.close()
    }
  }, [reader, head, fallBack])

  if (!pdf) return <p className={shared.sentence}>Reading the PDF…</p>
  const count = pdf.pages.numPages
  const shown = Math.min(count, maximumPages)
  return (
    <div className={shared.view}>
      <div className={shared.tools}>
        <span className={shared.quiet}>
          {formatCount(count, 'page')}
          {shown < count && `, the first ${formatCount(shown, 'page')} shown`}
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section className={classes(shared.scroller, styles.pages)} aria-label="Pages" tabIndex={0}>
        {Array.from({ length: shown }, (_, index) => (
          <Page key={index} pages={pdf.pages} number={index + 1} ratio={ratio} />
        ))}
      </section>
    </div>
  )
}

type PageProps = { readonly pages: PDFDocumentProxy; readonly number: number; readonly ratio: number }

function Page({ pages, number, ratio }: PageProps) {
  const holder = useRef<HTMLDivElement>(null)
  const [isNear, setNear] = useState(false)
  const [problem, setProblem] = useState(false)
  useEffect(() => {
    const watcher = new IntersectionObserver(([entry]) => setNear(entry?.isIntersecting === true), {
      rootMargin: '600px',
    })
    if (holder.current) watcher.observe(holder.current)
    return () => watcher.disconnect()
  }, [])
  useEffect(() => {
    const place = holder.current
    if (!isNear || !place) return
    const drawing = drawPage(pages, number, place)
    drawing.done.catch(() => setProblem(true))
    return drawing.cancel
  }, [isNear, pages, number])
  return (
    <div ref={holder} className={styles.page} style={{ aspectRatio: `1 / ${ratio}` }} data-page={number}>
      {problem && <p className={shared.sentence}>{`Page ${number} is broken: it can’t be drawn.`}</p>}
    </div>
  )
}

/** Draws a page to fill the width of its place. */
function drawPage(pages: PDFDocumentProxy, number: number, place: HTMLElement) {
  let cancelDrawing = () => {}
  let isCancelled = false
  const canvas = document.createElement('canvas')
  const draw = async () => {
    const page = await pages.getPage(number)
    if (isCancelled) return
    const natural = page.getViewport({ scale: 1 })
    const sharpness = Math.min(2, window.devicePixelRatio)
    const viewport = page.getViewport({ scale: Math.min(4, (place.clientWidth * sharpness) / natural.width) })
    canvas.width = Math.floor(viewport.width)
    canvas.height = Math.floor(viewport.height)
    canvas.role = 'img'
    canvas.ariaLabel = `Page ${number}`
    place.style.aspectRatio = `${natural.width} / ${natural.height}`
    const task = page.render({ canvas, viewport })
    cancelDrawing = () => task.cancel()
    await task.promise
    if (!isCancelled) place.replaceChildren(canvas)
  }
  const done = draw().catch((thrown: unknown) => {
    if (!isCancelled) throw thrown
  })
  return {
    done,
    cancel() {
      isCancelled = true
      cancelDrawing()
      canvas.remove()
    },
  }
}
