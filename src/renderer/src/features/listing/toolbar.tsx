import { Download, PanelLeft, PanelRight, Radio, RefreshCw, X } from 'lucide-react'
import { hasEnded } from '../../../../shared/ended.ts'
import { openRunInfo, openRunName } from '../../store/executions.ts'
import { isUnavailable } from '../../store/listing.ts'
import { useApp } from '../../store/store-context.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { formatShortcut } from '../../ui/shortcut.ts'
import { StatusDot, statusWords } from '../../ui/status-dot.tsx'
import { FolderPath } from './folder-path.tsx'
import styles from './toolbar.module.css'

/** What is open, where in it the focus is, and what is done to the whole run. */
export function Toolbar({ platform }: { readonly platform: string }) {
  // Each fact by itself: every selection brings a new listing, of which nothing here has changed.
  const hasListing = useApp(({ listing }) => listing !== null)
  const hasFiles = useApp(({ listing }) => listing !== null && !isUnavailable(listing))
  const isOver = useApp((state) => hasEnded(openRunInfo(state)?.status ?? null))
  const isFollowing = useApp(({ listing }) => listing?.following === true)
  const isEmpty = useApp(({ listing }) => listing?.fileCount === 0)
  const isLoading = useApp(({ listing }) => listing?.loading != null)
  // What is over at once needs no way to stop it.
  const isLong = useApp(({ listing }) => (listing?.loading?.files ?? 0) > 0)
  const run = useApp((state) => state.run)
  const isRunsShown = useApp(({ settings, narrow }) => !narrow && settings?.layout.executionsOpen !== false)
  const isDetailsShown = useApp(({ settings, narrow, overlay }) =>
    narrow ? overlay === 'details' : settings?.layout.detailsOpen !== false,
  )
  const cancelLoading = useApp((state) => state.cancelLoading)

  return (
    <header className={classes(styles.bar, !isRunsShown && styles.first)}>
      {!isRunsShown && (
        <IconButton
          label="Show runs"
          shortcut={formatShortcut('CmdOrCtrl+B', platform)}
          icon={<PanelLeft size={16} />}
          onPress={() => run('toggle-executions')}
        />
      )}
      {hasListing && <Title />}
      {hasFiles && (
        <>
          {!isOver && (
            <IconButton
              label={isFollowing ? 'Stop following the run' : 'Follow the run while it is running'}
              isOn={isFollowing}
              icon={<Radio size={16} className={classes(isFollowing && styles.live)} />}
              onPress={() => run('toggle-follow')}
            />
          )}
          {isLong ? (
            <IconButton label="Stop loading" icon={<X size={16} />} onPress={cancelLoading} />
          ) : (
            <IconButton
              label="Refresh"
              shortcut={formatShortcut('CmdOrCtrl+R', platform)}
              icon={<RefreshCw size={16} className={classes(isLoading && styles.turning)} />}
              onPress={() => run('refresh')}
            />
          )}
          <Button isDisabled={isEmpty} onPress={() => run('download-all')}>
            <Download size={15} aria-hidden />
            Download all
          </Button>
          <IconButton
            label={isDetailsShown ? 'Hide details' : 'Show details'}
            shortcut={formatShortcut('CmdOrCtrl+I', platform)}
            isOn={isDetailsShown}
            icon={<PanelRight size={16} />}
            onPress={() => run('toggle-details')}
          />
        </>
      )}
    </header>
  )
}

function Title() {
  const executionId = useApp((state) => state.listing?.executionId ?? '')
  const status = useApp((state) => openRunInfo(state)?.status ?? null)
  const name = useApp(openRunName)
  return (
    <div className={styles.title}>
      <StatusDot status={status} />
      <h1 className={styles.name} title={`${executionId}\n${statusWords(status)}`}>
        {name}
      </h1>
      <FolderPath />
    </div>
  )
}
