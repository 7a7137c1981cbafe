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
  const keychainProblem = useApp(({ account }) => account?.problem ?? null)
  const problem = signingIn.state === 'failed' ? signingIn.error : null
  const isChecking = signingIn.state === 'checking'
  // Where there is no keychain, none is tried; one that is locked may be unlocked meanwhile.
  const isSessionOnly = keychainProblem?.kind === 'keychain-missing'
  const mayKeepForSession = !isSessionOnly && isKeychainProblem(problem ?? keychainProblem)

  useEffect(() => forgetProblem, [forgetProblem])

  const send = async (keep: 'keychain' | 'session') => {
    if (key.trim() === '' || isChecking) return
    if (!(await signIn(key.trim(), keep))) return
    setKey('')
    onDone?.()
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void send(isSessionOnly ? 'session' : 'keychain')
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
          aria-describedby={problem || mayKeepForSession ? hint : undefined}
          onChange={(event) => {
            setKey(event.target.value)
            if (problem) forgetProblem()
          }}
        />
        <Button type="submit" look="primary" isDisabled={key.trim() === '' || isChecking}>
          {isChecking ? 'Checking…' : 'Sign in'}
        </Button>
      </div>
      {isSessionOnly && (
        <p className={styles.keychain}>
          This computer has no keychain that could be used, so your key is kept until you quit, and nowhere else.
        </p>
      )}
      {(problem || mayKeepForSession) && (
        <div
          id={hint}
          role={problem ? 'alert' : undefined}
          className={problem && !isKeychainProblem(problem) ? styles.problem : styles.keychain}
        >
          <p>{(problem ?? keychainProblem)?.message}</p>
          {mayKeepForSession && (
            <Button isDisabled={key.trim() === '' || isChecking} onPress={() => void send('session')}>
              Keep it for this session only
            </Button>
          )}
        </div>
      )}
    </form>
  )
}

function isKeychainProblem(problem: AppError | null): boolean {
  return problem?.kind.startsWith('keychain-') ?? false
}
