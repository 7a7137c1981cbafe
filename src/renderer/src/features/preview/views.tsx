import type { ComponentType } from 'react'
import type { PreviewKind } from '../../../../shared/models/preview.ts'
import { loadedLater } from '../../ui/loaded-later.tsx'
import styles from './preview.module.css'
import type { ViewProps } from './view-props.ts'

type View = ComponentType<ViewProps>

/** Stands where a preview is on its way. */
export function PreviewSkeleton() {
  return <div className={styles.skeleton} role="status" aria-label="Loading the preview" />
}

/** A view is fetched with its libraries when a file of its kind is looked at. */
const later = (fetchCode: () => Promise<View>) => loadedLater(fetchCode, <PreviewSkeleton />)

export const TextView = later(async () => (await import('./text-view.tsx')).TextView)
export const HexView = later(async () => (await import('./hex-view.tsx')).HexView)
const MediaView = later(async () => (await import('./media-view.tsx')).MediaView)

export const views: Readonly<Record<Exclude<PreviewKind, 'empty'>, View>> = {
  text: TextView,
  code: TextView,
  log: TextView,
  binary: HexView,
  audio: MediaView,
  video: MediaView,
  markdown: later(async () => (await import('./markdown-view.tsx')).MarkdownView),
  json: later(async () => (await import('./json-view.tsx')).JsonView),
  table: later(async () => (await import('./table-view.tsx')).TableView),
  workbook: later(async () => (await import('./workbook-view.tsx')).WorkbookView),
  image: later(async () => (await import('./image-view.tsx')).ImageView),
  pdf: later(async () => (await import('./pdf-view.tsx')).PdfView),
  html: later(async () => (await import('./html-view.tsx')).HtmlView),
  archive: later(async () => (await import('./archive-view.tsx')).ArchiveView),
  font: later(async () => (await import('./font-view.tsx')).FontView),
}
