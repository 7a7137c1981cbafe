import type { Api } from '../../shared/contract.ts'
import { AboutDialog, ClearRecentsDialog, ShortcutsDialog } from './features/dialogs/dialogs.tsx'
import { Palette } from './features/palette/palette.tsx'
import { SettingsDialog } from './features/settings/settings-dialog.tsx'
import { SignInDialog } from './features/sign-in/sign-in-dialog.tsx'
import { useApp } from './store/store-context.tsx'

/** The dialog that is open. Fetched when the first one is. */
export function Dialogs({ api }: { readonly api: Api }) {
  const dialog = useApp((state) => state.dialog)
  const showDialog = useApp((state) => state.showDialog)
  const onClose = () => showDialog(null)
  switch (dialog) {
    case null:
      return null
    case 'palette':
      return <Palette platform={api.platform} onClose={onClose} />
    case 'settings':
      return <SettingsDialog onClose={onClose} />
    case 'sign-in':
      return <SignInDialog onClose={onClose} />
    case 'shortcuts':
      return <ShortcutsDialog platform={api.platform} onClose={onClose} />
    case 'about':
      return <AboutDialog info={() => readInfo(api)} onClose={onClose} />
    case 'clear-recents':
      return <ClearRecentsDialog onClose={onClose} />
  }
}

async function readInfo(api: Api) {
  const answer = await api.invoke('app:info', undefined)
  return answer.ok ? answer.value : null
}
