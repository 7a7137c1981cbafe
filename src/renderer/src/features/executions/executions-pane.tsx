import { CircleUserRound, PanelLeftClose, Settings } from 'lucide-react'
import type { Recent } from '../../../../shared/models/execution.ts'
import { useApp, useAppStore } from '../../store/store-context.tsx'
import { IconButton } from '../../ui/button.tsx'
import { Pane } from '../../ui/pane.tsx'
import { formatShortcut } from '../../ui/shortcut.ts'
import { useNow } from '../../ui/use-now.ts'
import { ExecutionItem } from './execution-item.tsx'
import styles from './executions-pane.module.css'
import { OpenField } from './open-field.tsx'

/** The runs that were opened on this computer, and the account at the foot. */
export function ExecutionsPane({ platform }: { readonly platform: string }) {
  const recents = useApp((state) => state.recents)
  const sampleRuns = useApp((state) => state.sampleRuns)
  const run = useApp((state) => state.run)
  const now = useNow()
  const known = new Set(recents.map(({ executionId }) => executionId))
  const unopened = sampleRuns
    .filter(({ executionId }) => !known.has(executionId))
    .map(({ executionId, label }): Recent => {
      return { executionId, source: 'sample', label, pinned: false, openedAt: 0, info: null }
    })

  return (
    <Pane
      element="nav"
      title="Runs"
      hide={{
        label: 'Hide runs',
        shortcut: formatShortcut('CmdOrCtrl+B', platform),
        icon: <PanelLeftClose size={16} />,
        onPress: () => run('toggle-executions'),
      }}
    >
      <div className={styles.open}>
        <OpenField />
      </div>
      <div className={styles.lists}>
        <Group title="Pinned" runs={recents.filter(({ pinned }) => pinned)} now={now} />
        <Group title="Recent" runs={recents.filter(({ pinned }) => !pinned)} now={now} />
        <Group title="Samples" runs={unopened} now={now} />
        {recents.length === 0 && unopened.length === 0 && (
          <p className={styles.empty}>Runs that you open are listed here.</p>
        )}
      </div>
      <AccountFoot platform={platform} />
    </Pane>
  )
}

type GroupProps = { readonly title: string; readonly runs: readonly Recent[]; readonly now: number }

function Group({ title, runs, now }: GroupProps) {
  if (runs.length === 0) return null
  return (
    <section aria-label={title}>
      <h3 className={styles.groupTitle}>{title}</h3>
      <ul>
        {runs.map((recent) => (
          <ExecutionItem key={`${recent.source}/${recent.executionId}`} recent={recent} now={now} />
        ))}
      </ul>
    </section>
  )
}

function AccountFoot({ platform }: { readonly platform: string }) {
  const account = useApp((state) => state.account)
  const store = useAppStore()
  return (
    <footer className={styles.foot}>
      <button type="button" className={styles.account} onClick={() => store.getState().showDialog('sign-in')}>
        <CircleUserRound size={16} aria-hidden />
        <span className={styles.accountName}>{accountWords(account)}</span>
      </button>
      <IconButton
        label="Settings"
        shortcut={formatShortcut('CmdOrCtrl+,', platform)}
        icon={<Settings size={16} />}
        onPress={() => store.getState().showDialog('settings')}
      />
    </footer>
  )
}

function accountWords(account: ReturnType<ReturnType<typeof useAppStore>['getState']>['account']): string {
  if (!account?.signedIn) return 'Sign in'
  const kept = {
    keychain: 'Signed in',
    session: 'Signed in for now',
    environment: 'Environment key',
    nowhere: 'Sign in',
  }
  return kept[account.keptIn]
}
