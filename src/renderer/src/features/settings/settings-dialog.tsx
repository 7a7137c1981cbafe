import { useId } from 'react'
import type { Settings } from '../../../../shared/models/settings.ts'
import { useApp } from '../../store/store-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { inMegabytes, speedInMegabytes, speedOfMegabytes, wholeMegabytes } from './megabytes.ts'
import styles from './settings-dialog.module.css'
import { TextSetting } from './text-setting.tsx'

const conflictNames: Readonly<Record<Settings['conflicts'], string>> = {
  ask: 'Ask each time',
  'keep-both': 'Keep both',
  replace: 'Replace',
  skip: 'Skip',
  'replace-if-newer': 'Replace if newer',
  'skip-if-same': 'Skip if the same',
}

const themeNames: Readonly<Record<Settings['theme'], string>> = {
  system: 'Same as the system',
  light: 'Light',
  dark: 'Dark',
}

/** What a person may set. Each change is kept at once. */
export function SettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const settings = useApp((state) => state.settings)
  const change = useApp((state) => state.changeSettings)
  const chooseFolder = useApp((state) => state.chooseDownloadFolder)
  if (!settings) return null
  return (
    <Dialog title="Settings" size="medium" onClose={onClose}>
      <Group title="Appearance">
        <Choice label="Theme" value={settings.theme} names={themeNames} onChange={(theme) => void change({ theme })} />
      </Group>
      <Group title="Downloads">
        <div className={styles.line}>
          <span className={styles.label} id="download-folder">
            Folder
          </span>
          <span className={styles.path} title={settings.downloadFolder ?? undefined}>
            {settings.downloadFolder ?? 'Your Downloads folder'}
          </span>
          <Button aria-describedby="download-folder" onPress={() => void chooseFolder()}>
            Choose…
          </Button>
        </div>
        <Choice
          label="When a file is already there"
          value={settings.conflicts}
          names={conflictNames}
          onChange={(conflicts) => void change({ conflicts })}
        />
        <TextSetting
          label="Speed limit"
          unit="MB a second"
          hint="Leave it empty for no limit."
          value={settings.bandwidthLimit === null ? '' : speedInMegabytes(settings.bandwidthLimit)}
          check={(text) => (text === '' || Number(text) >= 0.01 ? null : 'Enter at least 0.01, or leave it empty.')}
          onChange={(text) => void change({ bandwidthLimit: text === '' ? null : speedOfMegabytes(text) })}
        />
        <Toggle
          label="Continue unfinished downloads at the next start"
          value={settings.resumeOnStart}
          onChange={(resumeOnStart) => void change({ resumeOnStart })}
        />
      </Group>
      <Group title="Runs">
        <Toggle
          label="Follow a run while it is running"
          value={settings.follow}
          onChange={(follow) => void change({ follow })}
        />
        <TextSetting
          label="API address"
          hint="Leave it empty for Asteroid’s own. Each address has its own key."
          isCode
          value={settings.baseUrl ?? ''}
          check={(text) => (text === '' || isAddress(text) ? null : 'An address that starts with https://.')}
          onChange={(text) => void change({ baseUrl: text === '' ? null : text })}
        />
      </Group>
      <Group title="Dragging files out">
        <TextSetting
          label="Prepare a file of up to"
          unit="MB"
          value={inMegabytes(settings.stageFileLimit)}
          check={wholeNumber}
          onChange={(text) => void change({ stageFileLimit: wholeMegabytes(text) })}
        />
        <TextSetting
          label="Prepare a selection of up to"
          unit="MB"
          value={inMegabytes(settings.stageSelectionLimit)}
          check={wholeNumber}
          onChange={(text) => void change({ stageSelectionLimit: wholeMegabytes(text) })}
        />
      </Group>
    </Dialog>
  )
}

function wholeNumber(text: string): string | null {
  return /^\d{1,6}(\.\d+)?$/.test(text) ? null : 'Enter a number of megabytes; 0 for never.'
}

function isAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:\/\//.test(text)
}

function Group({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <section className={styles.group}>
      <h3 className={styles.groupTitle}>{title}</h3>
      {children}
    </section>
  )
}

type ChoiceProps<T extends string> = {
  readonly label: string
  readonly value: T
  readonly names: Readonly<Record<T, string>>
  readonly onChange: (value: T) => void
}

function Choice<T extends string>({ label, value, names, onChange }: ChoiceProps<T>) {
  const id = useId()
  return (
    <div className={styles.line}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <select id={id} className={styles.select} value={value} onChange={(event) => onChange(event.target.value as T)}>
        {Object.entries<string>(names).map(([name, words]) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
      </select>
    </div>
  )
}

type ToggleProps = {
  readonly label: string
  readonly value: boolean
  readonly onChange: (value: boolean) => void
}

function Toggle({ label, value, onChange }: ToggleProps) {
  return (
    <label className={styles.toggle}>
      <input type="checkbox" checked={value} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  )
}
