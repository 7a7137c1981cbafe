import { useEffect } from 'react'
import { openRunName } from './store/executions.ts'
import { useApp } from './store/store-context.tsx'

/** Gives the window the name of the run that is open. */
export function useTitle(): void {
  const name = useApp(openRunName)
  useEffect(() => {
    document.title = name === null ? 'Asteroid Files' : `${name} – Asteroid Files`
  }, [name])
}
