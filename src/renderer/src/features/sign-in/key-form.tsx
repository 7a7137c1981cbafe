import { ExternalLink } from 'lucide-react'
import { type FormEvent, useEffect, useId, useState } from 'react'
import type { AppError } from '../../../../shared/errors.ts'
import { useApp } from '../../store/store-context.tsx'
import { Button } from '../../ui/button.tsx'
import styles from './key-form.module.css'

type KeyFormProps = { readonly onDone?: () => void; readonly autoFocus?: boolean }

/** Takes a key. It leaves the window as soon as it was taken; the keychain's troubles are told with a way on. */
export function KeyForm({ onDone, autoFocus = false }: KeyFormProps) {
  const signingIn = useApp((state) => state.signingIn)
  const signIn = useApp((state) => state.signIn)
  const forgetProblem = useApp((state) => state.forgetSignInProblem)
  const run = useApp((state) => state.run)
  const [key, setKey] = useState('')
  const field = useId()
  const hint = useId()
  const keychainProblem = useApp(({ account }) => (account?.signedIn ? null : (account?.problem ?? null)))
  const problem = signingIn.state === 'failed' ? signingIn.error : null
  const isChecking = signingIn.state === 'checking'

  useEffect(() => forgetProblem, [forgetProblem])

  const send = async (keep: 'keychain' | 'session') => {
    if (key.trim() === '' || isChecking) return
    if (!(await signIn(key.trim(), keep))) return
    setKey('')
    onDone?.()
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void send('keychain')
  }

  return (
    <form onSubmit={onSubmit} className={styles.form}>
      <div className={styles.labelLine}>
        <label htmlFor={field} className={styles.label}>
          API key
        </label>
        <button type="button" className={styles.link} onClick={() => run('open-api-keys')}>
          Get a key <ExternalLink size={12} aria-hidden />
        </button>
      </div>
      <div className={styles.line}>
        <input
          id={field}
          className={styles.input}
          type="password"
          autoComplete="off"
          spellCheck={false}
          placeholder="Paste your key"
          // biome-ignore lint/a11y/noAutofocus: the dialog was opened to enter the key.
          autoFocus={autoFocus}
          value={key}
          aria-invalid={problem !== null}
          aria-describedby={problem ? hint : undefined}
          onChange={(event) => {
            setKey(event.target.value)
            if (problem) forgetProblem()
          }}
        />
        <Button type="submit" look="primary" isDisabled={key.trim() === '' || isChecking}>
          {isChecking ? 'Checking…' : 'Sign in'}
        </Button>
      </div>
      {keychainProblem && !problem && <p className={styles.keychain}>{keychainProblem.message}</p>}
      {problem && (
        <div id={hint} role="alert" className={styles.problem}>
          <p>{problem.message}</p>
          {isKeychainProblem(problem) && (
            <Button onPress={() => void send('session')}>Keep it for this session only</Button>
          )}
        </div>
      )}
    </form>
  )
}

function isKeychainProblem({ kind }: AppError): boolean {
  return kind === 'keychain-missing' || kind === 'keychain-locked' || kind === 'keychain-slow'
}
