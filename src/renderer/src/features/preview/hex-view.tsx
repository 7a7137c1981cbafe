import { useRef } from 'react'
import { classes } from '../../ui/classes.ts'
import { useVirtualRows } from '../../ui/use-virtual-rows.ts'
import { hexRow, hexRowLength } from './hex-rows.ts'
import lines from './line-list.module.css'
import { lineHeight } from './line-list.tsx'
import { LoadedBar } from './part-bar.tsx'
import styles from './preview.module.css'
import { useLoadedBytes } from './use-loaded-bytes.ts'
import type { ViewProps } from './view-props.ts'

/** Any file, as bytes. */
export function HexView({ reader, head, name }: ViewProps) {
  const loaded = useLoadedBytes(reader, head, 16 * 1024 * 1024)
  const scroller = useRef<HTMLElement>(null)
  const { from, to, topOf, elementHeight } = useVirtualRows({
    scroller,
    rowCount: Math.ceil(loaded.bytes.length / hexRowLength),
    rowHeight: lineHeight,
  })
  return (
    <div className={styles.view}>
      <section
        ref={scroller}
        className={classes(styles.scroller, lines.lines)}
        aria-label={`Bytes of ${name}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        data-selectable
      >
        <div className={styles.lineSpace} style={{ height: elementHeight }}>
          {Array.from({ length: to - from }, (_, step) => {
            const row = from + step
            const { offset, bytes, text } = hexRow(loaded.bytes, row * hexRowLength)
            return (
              <div key={row} className={lines.line} style={{ transform: `translateY(${topOf(row)}px)` }}>
                <span className={styles.quiet}>{offset}</span>
                {`  ${bytes}  `}
                <span className={lines.hexText}>{text}</span>
              </div>
            )
          })}
        </div>
      </section>
      <LoadedBar loaded={loaded} />
    </div>
  )
}
