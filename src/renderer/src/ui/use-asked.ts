import { useEffect, useRef } from 'react'

/** Does something each time a count grows; not for what was asked before this was there. */
export function useAsked(count: number, act: () => void): void {
  const done = useRef(count)
  const latest = useRef(act)
  latest.current = act
  useEffect(() => {
    if (count <= done.current) return
    done.current = count
    latest.current()
  }, [count])
}
