import { type RefObject, useLayoutEffect, useState } from 'react'

/** How many letters of the code font fit beside each other in an element, less `reserved` pixels. */
export function useColumns(element: RefObject<HTMLElement | null>, reserved: number): number {
  const [columns, setColumns] = useState(80)
  useLayoutEffect(() => {
    const measured = element.current
    if (!measured) return
    const letter = widthOfLetter(measured)
    const observer = new ResizeObserver(() => {
      setColumns(Math.max(16, Math.floor((measured.clientWidth - reserved) / letter)))
    })
    observer.observe(measured)
    return () => observer.disconnect()
  }, [element, reserved])
  return columns
}

function widthOfLetter(element: HTMLElement): number {
  const context = document.createElement('canvas').getContext('2d')
  if (!context) return 7.25
  context.font = getComputedStyle(element).font
  return context.measureText('M'.repeat(100)).width / 100 || 7.25
}
