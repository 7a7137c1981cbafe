import type { Column } from '../../../shared/models/listing.ts'
import type { Layout, Settings } from '../../../shared/models/settings.ts'
import type { Slice } from './app-store.ts'

export type ColumnLayout = Layout['columns'][number]

export type SettingsSlice = {
  /** Null until main has told them. */
  readonly settings: Settings | null
  readonly loadSettings: () => Promise<void>
  /** Takes in what main tells, but for the layout while a newer one is on show that main does not have yet. */
  readonly applySettings: (settings: Settings) => void
  readonly changeSettings: (change: Partial<Settings>) => Promise<void>
  /** Shown at once, and sent to be kept a moment after the last change. */
  readonly changeLayout: (change: Partial<Layout>) => void
  readonly changeColumn: (column: Column, change: Partial<ColumnLayout>) => void
  /** Moves a column one place, left or right. */
  readonly moveColumn: (column: Column, by: -1 | 1) => void
  /** Puts a column where another one is. */
  readonly placeColumn: (column: Column, at: Column) => void
  readonly chooseDownloadFolder: () => Promise<void>
}

const keepAfterMilliseconds = 400

export const settingsSlice: Slice<SettingsSlice> = (api) => (set, get) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  /** How many layouts are on their way to main. */
  let keeping = 0

  const keepLayout = async () => {
    timer = undefined
    keeping += 1
    const answer = await api.invoke('settings:change', { layout: get().settings?.layout })
    keeping -= 1
    if (!answer.ok) get().report(answer.error)
  }
  const put = (from: number, to: number) => {
    const next = [...columns()]
    const [moved] = next.splice(from, 1)
    if (!moved || to < 0 || to > next.length) return
    next.splice(to, 0, moved)
    get().changeLayout({ columns: next })
  }
  const indexOf = (column: Column) => columns().findIndex((layout) => layout.column === column)
  const columns = () => get().settings?.layout.columns ?? []

  return {
    settings: null,
    loadSettings: async () => {
      const answer = await api.invoke('settings:get', undefined)
      if (answer.ok) get().applySettings(answer.value)
      else get().report(answer.error)
    },
    applySettings: (told) => {
      const isLayoutNewer = timer !== undefined || keeping > 0
      const layout = (isLayoutNewer && get().settings?.layout) || told.layout
      set({ settings: { ...told, layout } })
    },
    changeSettings: async (change) => {
      const { settings } = get()
      if (settings) set({ settings: { ...settings, ...change } })
      const answer = await api.invoke('settings:change', change)
      if (answer.ok) return get().applySettings(answer.value)
      if (settings) get().applySettings(settings)
      get().report(answer.error)
    },
    changeLayout: (change) => {
      const { settings } = get()
      if (!settings) return
      set({ settings: { ...settings, layout: { ...settings.layout, ...change } } })
      clearTimeout(timer)
      timer = setTimeout(() => void keepLayout(), keepAfterMilliseconds)
    },
    changeColumn: (column, change) =>
      get().changeLayout({
        columns: columns().map((layout) => (layout.column === column ? { ...layout, ...change } : layout)),
      }),
    moveColumn: (column, by) => {
      let to = indexOf(column) + by
      // A hidden column takes no place that a person can see.
      while (columns()[to]?.shown === false) to += by
      put(indexOf(column), to)
    },
    placeColumn: (column, at) => put(indexOf(column), indexOf(at)),
    chooseDownloadFolder: async () => {
      const answer = await api.invoke('settings:choose-download-folder', undefined)
      if (answer.ok) get().applySettings(answer.value)
      else get().report(answer.error)
    },
  }
}
