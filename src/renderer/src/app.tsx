import { useEffect, useState } from 'react'
import type { Api } from '../../shared/contract.ts'
import styles from './app.module.css'
import { DetailsPane } from './features/details/details-pane.tsx'
import { ExecutionsPane } from './features/executions/executions-pane.tsx'
import { OpenField } from './features/executions/open-field.tsx'
import { RecentRuns } from './features/executions/recent-runs.tsx'
import { FilesView } from './features/listing/files-view.tsx'
import { StatusLine } from './features/listing/status-line.tsx'
import { Toolbar } from './features/listing/toolbar.tsx'
import { Notices } from './features/notices/notices.tsx'
import { KeyForm } from './features/sign-in/key-form.tsx'
import { TransfersAnnouncer } from './features/transfers/transfers-announcer.tsx'
import { TransfersDrawer } from './features/transfers/transfers-drawer.tsx'
import { Welcome } from './features/welcome/welcome.tsx'
import { isUnavailable } from './store/listing.ts'
import { useApp, useAppStore } from './store/store-context.tsx'
import { loadedLater } from './ui/loaded-later.tsx'
import { LazyMenu } from './ui/menu.tsx'
import { Splitter } from './ui/splitter.tsx'
import { useDroppedReference } from './use-dropped-reference.ts'
import { useLostFocus } from './use-lost-focus.ts'
import { useMenuBar } from './use-menu-bar.ts'
import { useOverlayPanes } from './use-overlay-panes.ts'
import { useRowDrag } from './use-row-drag.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { useTheme } from './use-theme.ts'
import { useTitle } from './use-title.ts'

const PreviewPane = loadedLater(
  async () => (await import('./features/preview/preview-pane.tsx')).PreviewPane,
  <div className={styles.previewSpace} />,
)
const QuickLook = loadedLater(async () => (await import('./features/preview/quick-look.tsx')).QuickLook)
const Dialogs = loadedLater(async () => (await import('./dialogs.tsx')).Dialogs)
/** The view of most files. */
const loadTextView = async () => (await import('./features/preview/views.tsx')).TextView.load()

/** The whole window: runs, files, details and transfers, each in its pane. */
export function App({ api }: { readonly api: Api }) {
  const store = useAppStore()
  const { platform } = api
  useShortcuts(store, platform)
  useDroppedReference(store)
  const drag = useRowDrag(store)
  useMenuBar(api, store)
  useLoadedAhead()
  useLostFocus()
  useTheme()
  useTitle()
  useOverlayPanes(store)

  const layout = useApp((state) => state.settings?.layout)
  const narrow = useApp((state) => state.narrow)
  const overlay = useApp((state) => state.overlay)
  const hasRun = useApp(({ listing, opening }) => listing !== null || opening.state !== 'idle')
  const hasFiles = useApp(({ listing }) => listing !== null && !isUnavailable(listing))
  const previewing = useApp((state) => state.previewing)
  const hasDialog = useApp(({ dialog }) => dialog !== null)
  const onCopy = useState(() => (text: string) => void api.invoke('app:copy-text', { text }))[0]

  if (!layout) return null
  const { changeLayout, closeOverlay, askForOpen } = store.getState()
  const showsExecutions = !narrow && layout.executionsOpen
  const showsDetails = !narrow && layout.detailsOpen && hasFiles
  const executions = <ExecutionsPane platform={platform} />
  const details = (
    <DetailsPane
      onCopy={onCopy}
      preview={(listing, shown) =>
        shown.kind === 'file' && <PreviewPane api={api} listing={listing} node={shown.node} file={shown.file} />
      }
    />
  )

  return (
    <div className={styles.window} data-platform={platform}>
      <div className={styles.columns}>
        {showsExecutions && (
          <div style={{ width: layout.executionsWidth }} className={styles.side}>
            {executions}
          </div>
        )}
        <main className={styles.centre}>
          {showsExecutions && (
            <Splitter
              label="Width of runs"
              edge="right"
              size={layout.executionsWidth}
              least={160}
              most={420}
              onResize={(executionsWidth) => changeLayout({ executionsWidth })}
            />
          )}
          <Toolbar platform={platform} />
          {hasRun ? (
            <FilesView platform={platform} keyForm={<KeyForm />} onCopy={onCopy} drag={drag} />
          ) : (
            <Welcome keyForm={<KeyForm onDone={askForOpen} />} openField={<OpenField />} recentRuns={<RecentRuns />} />
          )}
          <Notices />
          {showsDetails && (
            <Splitter
              label="Width of details"
              edge="left"
              size={layout.detailsWidth}
              least={240}
              most={640}
              onResize={(detailsWidth) => changeLayout({ detailsWidth })}
            />
          )}
        </main>
        {showsDetails && (
          <div style={{ width: layout.detailsWidth }} className={styles.side}>
            {details}
          </div>
        )}
      </div>
      {layout.transfersOpen && (
        <section aria-label="Transfers" className={styles.drawer}>
          <Splitter
            label="Height of transfers"
            edge="top"
            size={layout.transfersHeight}
            least={120}
            most={560}
            onResize={(transfersHeight) => changeLayout({ transfersHeight })}
          />
          <TransfersDrawer height={layout.transfersHeight} />
        </section>
      )}
      {narrow && overlay && (
        <>
          <button type="button" className={styles.backdrop} aria-label="Close pane" onClick={closeOverlay} />
          <div className={overlay === 'details' ? styles.overlayRight : styles.overlayLeft}>
            {overlay === 'details' ? details : executions}
          </div>
        </>
      )}
      <StatusLine />
      <TransfersAnnouncer />
      {previewing && <QuickLook api={api} />}
      {hasDialog && <Dialogs api={api} />}
    </div>
  )
}

/** Fetches what a first key press may open, once the window is drawn: typing must not run ahead of the palette. */
function useLoadedAhead(): void {
  useEffect(() => {
    const waiting = requestIdleCallback(
      () => void Promise.all([Dialogs.load(), LazyMenu.load(), PreviewPane.load(), QuickLook.load(), loadTextView()]),
    )
    return () => cancelIdleCallback(waiting)
  }, [])
}
