import { type ReactNode, useRef } from 'react'
import { classes } from '../../ui/classes.ts'
import { useVirtualRows } from '../../ui/use-virtual-rows.ts'
import shared from './preview.module.css'
import styles from './virtual-list.module.css'

type VirtualListProps = {
  readonly label: string
  readonly count: number
  readonly rowHeight: number
  readonly children: (index: number) => ReactNode
}

/** A long list, of which only the rows in view are drawn. */
export function VirtualList({ label, count, rowHeight, children }: VirtualListProps) {
  const scroller = useRef<HTMLElement>(null)
  const { from, to, topOf, elementHeight } = useVirtualRows({ scroller, rowCount: count, rowHeight })
  return (
    <section
      ref={scroller}
      className={classes(shared.scroller, styles.list)}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      data-selectable
    >
      <ul className={shared.lineSpace} style={{ height: elementHeight }}>
        {Array.from({ length: to - from }, (_, step) => from + step).map((index) => (
          <li
            key={index}
            className={styles.row}
            style={{ height: rowHeight, transform: `translateY(${topOf(index)}px)` }}
            aria-setsize={count}
            aria-posinset={index + 1}
          >
            {children(index)}
          </li>
        ))}
      </ul>
    </section>
  )
}
