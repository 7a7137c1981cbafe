import { type ReactNode, useRef } from 'react'
import { useVirtualRows } from '../../ui/use-virtual-rows.ts'
import styles from './preview.module.css'

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
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section ref={scroller} className={styles.listScroller} aria-label={label} tabIndex={0} data-selectable>
      <ul className={styles.lineSpace} style={{ height: elementHeight }}>
        {Array.from({ length: to - from }, (_, step) => from + step).map((index) => (
          <li
            key={index}
            className={styles.listRow}
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
