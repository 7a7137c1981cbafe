import { Failure } from '../core/failure.ts'
import { type Settings, settingsSchema } from '../shared/models/settings.ts'
import type { StateFile } from './state-file.ts'

export type SettingsStore = {
  readonly get: () => Settings
  /** Changes what is named and keeps the rest. Throws a `Failure` for an unknown name or a value that does not fit. */
  readonly change: (changes: Readonly<Record<string, unknown>>) => Promise<Settings>
}

/** Keeps the person's settings. `onChange` hears of every change, with what was before. */
export function createSettings(
  file: Pick<StateFile<Settings>, 'read' | 'write'>,
  onChange: (settings: Settings, before: Settings) => void,
): SettingsStore {
  let settings = file.read()

  return {
    get: () => settings,
    async change(changes) {
      const before = settings
      settings = { ...settings, ...checked(changes, settings) }
      onChange(settings, before)
      await file.write(settings)
      return settings
    },
  }
}

/** The schema reads old files leniently, by falling back to defaults; a change must fit as it is. */
function checked(changes: Readonly<Record<string, unknown>>, settings: Settings): Partial<Settings> {
  const entries = Object.entries(changes).map(([name, value]) => {
    if (!isSetting(name)) throw new Failure({ kind: 'invalid-input', message: `There is no setting “${name}”.` })
    const whole = name === 'layout' ? { ...settings.layout, ...Object(value) } : value
    const parsed = settingsSchema.shape[name].unwrap().safeParse(whole)
    if (!parsed.success)
      throw new Failure({ kind: 'invalid-input', message: `The setting “${name}” can’t have that value.` })
    return [name, parsed.data]
  })
  return Object.fromEntries(entries)
}

function isSetting(name: string): name is keyof Settings {
  return Object.hasOwn(settingsSchema.shape, name)
}
