import { useEffect } from 'react'
import { useApp } from './store/store-context.tsx'

/** Shows the window in the theme of the settings; without one, in the system's. */
export function useTheme(): void {
  const theme = useApp((state) => state.settings?.theme ?? 'system')
  useEffect(() => {
    const { dataset } = document.documentElement
    if (theme === 'system') delete dataset.theme
    else dataset.theme = theme
  }, [theme])
}
