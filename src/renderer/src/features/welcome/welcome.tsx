import { Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import { useApp } from '../../store/store-context.tsx'
import { AppMark } from '../../ui/app-mark.tsx'
import { Button } from '../../ui/button.tsx'
import styles from './welcome.module.css'

type WelcomeProps = {
  /** Where a key is entered, and where a run is opened. */
  readonly keyForm: ReactNode
  readonly openField: ReactNode
  readonly recentRuns: ReactNode
}

/** The window with no run open: the runs to go on with first, or, at a first start, what the app is for. */
export function Welcome({ keyForm, openField, recentRuns }: WelcomeProps) {
  const account = useApp((state) => state.account)
  const hasRecents = useApp((state) => state.recents.length > 0)
  const run = useApp((state) => state.run)
  const isSignedIn = account?.signedIn === true
  return (
    <div className={styles.welcome}>
      <div className={styles.column}>
        {hasRecents ? (
          <>
            <h1 className={styles.title}>Recent runs</h1>
            <div className={styles.recents}>{recentRuns}</div>
            {openField}
          </>
        ) : (
          <>
            <div className={styles.mark}>
              <AppMark size={64} />
            </div>
            <h1 className={styles.title}>{isSignedIn ? 'Open a run' : 'See what your agent left behind'}</h1>
            <p className={styles.lead}>
              {isSignedIn
                ? 'Paste a run’s id, its web address or a link. You can also drop one anywhere in this window.'
                : 'Browse the files of a run, understand them, and take them with you.'}
            </p>
            {isSignedIn && openField}
          </>
        )}
        {!isSignedIn && (
          <>
            {hasRecents && <h2 className={styles.second}>Sign in for runs of your own</h2>}
            {keyForm}
          </>
        )}
        {!isSignedIn && account?.problem == null && (
          <p className={styles.safe}>
            <Lock size={13} aria-hidden />
            Your key is kept in this computer’s keychain, and sent only to Asteroid.
          </p>
        )}
        <p className={styles.or}>
          <span>or</span>
        </p>
        <Button onPress={() => run('explore-sample')}>Explore a sample run</Button>
        <p className={styles.note}>Needs no key. It is served by the app itself.</p>
      </div>
    </div>
  )
}
