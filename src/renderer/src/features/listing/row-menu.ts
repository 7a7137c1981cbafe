import { type Action, actions } from '../../../../shared/actions.ts'
import type { AppState } from '../../store/app-store.ts'
import { isAvailable } from '../../store/run-action.ts'
import type { MenuGroup } from '../../ui/popup-menu.tsx'
import { formatShortcut } from '../../ui/shortcut.ts'

/** The context menu of rows, from the table of actions. */
export function rowMenu(state: AppState, platform: string): readonly MenuGroup[] {
  const offered = actions.filter((action: Action) => action.context !== null && isAvailable(state, action))
  const groups = Map.groupBy(offered, ({ context }: Action) => context)
  return [...groups.values()].map((group) => ({
    choices: group.map(({ id, label, shortcut }) => ({
      id,
      label,
      shortcut: shortcut ? formatShortcut(shortcut, platform) : undefined,
    })),
  }))
}
