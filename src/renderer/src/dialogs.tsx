import { useEffect, useState } from 'react'
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
  useFocusGivenBack()
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

/**
 * Gives the focus back to where it was before the first dialog. Each dialog does so too, but one that was opened from
 * another would give it to what is no longer there.
 */
function useFocusGivenBack(): void {
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        if (document.activeElement === document.body && before instanceof HTMLElement) before.focus()
      })
    },
    [before],
  )
}

async function readInfo(api: Api) {
  const answer = await api.invoke('app:info', undefined)
  return answer.ok ? answer.value : null
}
