import { useEffect, useState } from 'react'

/** The window's inner height, in pixels. */
export function useWindowHeight(): number {
  const [height, setHeight] = useState(innerHeight)
  useEffect(() => {
    const tell = () => setHeight(innerHeight)
    tell()
    window.addEventListener('resize', tell)
    return () => window.removeEventListener('resize', tell)
  }, [])
  return height
}
