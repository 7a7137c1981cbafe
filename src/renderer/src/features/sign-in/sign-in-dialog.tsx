import { useApp } from '../../store/store-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { KeyForm } from './key-form.tsx'
import styles from './sign-in-dialog.module.css'

/** Shows the account, and takes a key or another one. */
export function SignInDialog({ onClose }: { readonly onClose: () => void }) {
  const account = useApp((state) => state.account)
  const run = useApp((state) => state.run)
  const isFromEnvironment = account?.keptIn === 'environment'
  return (
    <Dialog title={account?.signedIn ? 'Account' : 'Sign in'} onClose={onClose}>
      {account?.signedIn && (
        <div className={styles.account}>
          <p>
            {keptWords[account.keptIn]}
            {!account.verified && ' It is checked when you open a run.'}
          </p>
          <p className={styles.base}>{account.base}</p>
          {!isFromEnvironment && (
            <Button
              onPress={() => {
                run('sign-out')
                onClose()
              }}
            >
              Sign out
            </Button>
          )}
        </div>
      )}
      {!isFromEnvironment && (
        <>
          {account?.signedIn && <h3 className={styles.title}>Use another key</h3>}
          <KeyForm autoFocus={!account?.signedIn} onDone={onClose} />
        </>
      )}
    </Dialog>
  )
}

const keptWords = {
  keychain: 'You are signed in. Your key is in this computer’s keychain.',
  session: 'You are signed in until you quit. Your key is kept nowhere else.',
  environment: 'Your key comes from ASTEROID_API_KEY, and is used instead of one that is kept here.',
  nowhere: '',
} as const
