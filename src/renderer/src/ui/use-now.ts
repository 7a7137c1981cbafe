import { useEffect, useState } from 'react'

/** The present time, brought up to date at a steady pace, for words like “2 minutes ago”. */
export function useNow(everyMilliseconds = 30_000): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMilliseconds)
    return () => clearInterval(timer)
  }, [everyMilliseconds])
  return now
}
