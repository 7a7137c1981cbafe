import { useEffect, useState } from 'react'
import type { Output } from '../../../../shared/contract.ts'
import { useApp } from '../../store/store-context.tsx'
import { AppMark } from '../../ui/app-mark.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import styles from './dialogs.module.css'
import { Licences } from './licences.tsx'
import { shortcutSections } from './shortcut-list.ts'

type Closable = { readonly onClose: () => void }

/** Every shortcut, from the table of actions. */
export function ShortcutsDialog({ platform, onClose }: Closable & { readonly platform: string }) {
  return (
    <Dialog title="Keyboard shortcuts" size="large" onClose={onClose}>
      <div className={styles.columns}>
        {shortcutSections(platform).map(({ title, shortcuts }) => (
          <section key={title} className={styles.section}>
            <h3 className={styles.title}>{title}</h3>
            <dl>
              {shortcuts.map(({ keys, label }) => (
                <Shortcut key={label} keys={keys} label={label} />
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

function Shortcut({ keys, label }: { readonly keys: string; readonly label: string }) {
  return (
    <div className={styles.shortcut}>
      <dt>{label}</dt>
      <dd>
        <kbd>{keys}</kbd>
      </dd>
    </div>
  )
}

const systemNames: Readonly<Record<string, string>> = { darwin: 'macOS', win32: 'Windows', linux: 'Linux' }

type AboutDialogProps = Closable & { readonly info: () => Promise<Output<'app:info'> | null> }

export function AboutDialog({ info, onClose }: AboutDialogProps) {
  const [known, setKnown] = useState<Output<'app:info'> | null>(null)
  const run = useApp((state) => state.run)
  useEffect(() => void info().then(setKnown), [info])
  return (
    <Dialog title="Asteroid Files" onClose={onClose}>
      <div className={styles.mark}>
        <AppMark size={64} />
      </div>
      {known && (
        <dl className={styles.facts}>
          <Fact label="Version" value={known.version} />
          <Fact label="Electron" value={known.electron} />
          <Fact label="System" value={systemNames[known.platform] ?? known.platform} />
          <Fact label="Log" value={known.logFile} />
        </dl>
      )}
      <p className={styles.words}>
        Browse, understand and take the files that an Asteroid agent left behind in a run. Nothing is sent anywhere but
        to the API that you signed in to.
      </p>
      <Licences />
      <div className={styles.actions}>
        <Button onPress={() => run('copy-diagnostics')}>Copy diagnostics</Button>
        <Button onPress={() => run('open-documentation')}>Documentation</Button>
      </div>
    </Dialog>
  )
}

function Fact({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div className={styles.fact}>
      <dt>{label}</dt>
      <dd data-selectable>{value}</dd>
    </div>
  )
}

export function ClearRecentsDialog({ onClose }: Closable) {
  const clear = useApp((state) => state.clearRecents)
  return (
    <Dialog title="Clear recent runs?" onClose={onClose}>
      <p className={styles.words}>
        The list and the copies of their listings are removed from this computer. Downloaded files and the runs
        themselves stay.
      </p>
      <div className={styles.actions}>
        <Button
          look="primary"
          autoFocus
          onPress={() => {
            void clear()
            onClose()
          }}
        >
          Clear
        </Button>
        <Button onPress={onClose}>Keep them</Button>
      </div>
    </Dialog>
  )
}
