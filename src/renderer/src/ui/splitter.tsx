import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { classes } from './classes.ts'
import styles from './splitter.module.css'

type SplitterProps = {
  readonly label: string
  /** Which edge of the pane it is on: the pane grows the other way. */
  readonly edge: 'left' | 'right' | 'top'
  readonly size: number
  readonly least: number
  readonly most: number
  readonly onResize: (size: number) => void
}

const step = 16

/** The line between two panes, dragged or moved by arrow keys. A vertical one lies on its container's edge. */
export function Splitter({ label, edge, size, least, most, onResize }: SplitterProps) {
  const start = useRef<{ readonly at: number; readonly size: number } | null>(null)
  const isVertical = edge !== 'top'
  const grows = edge === 'right' ? 1 : -1
  const resize = (wanted: number) => onResize(Math.round(Math.min(Math.max(wanted, least), most)))
  const at = (event: PointerEvent) => (isVertical ? event.clientX : event.clientY)

  const onKeyDown = (event: KeyboardEvent) => {
    const forward = isVertical ? 'ArrowRight' : 'ArrowDown'
    const back = isVertical ? 'ArrowLeft' : 'ArrowUp'
    if (event.key !== forward && event.key !== back) return
    event.preventDefault()
    resize(size + step * grows * (event.key === forward ? 1 : -1))
  }

  return (
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={isVertical ? 'vertical' : 'horizontal'}
      aria-valuenow={size}
      aria-valuemin={least}
      aria-valuemax={most}
      className={classes(styles.splitter, isVertical ? styles.vertical : styles.horizontal, styles[edge])}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { at: at(event), size }
      }}
      onPointerMove={(event) => {
        if (start.current) resize(start.current.size + (at(event) - start.current.at) * grows)
      }}
      onPointerUp={() => {
        start.current = null
      }}
      onLostPointerCapture={() => {
        start.current = null
      }}
    />
  )
}
