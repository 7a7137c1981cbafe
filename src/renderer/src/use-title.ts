import { useEffect } from 'react'
import { runName } from './store/executions.ts'
import { useApp } from './store/store-context.tsx'

/** Gives the window the name of the run that is open. */
export function useTitle(): void {
  const name = useApp(({ listing, sampleRuns }) => (listing ? runName(listing, sampleRuns) : null))
  useEffect(() => {
    document.title = name === null ? 'Asteroid Files' : `${name} – Asteroid Files`
  }, [name])
}
