import type { ReactNode } from 'react'
import { IconButton } from './button.tsx'
import styles from './pane.module.css'

type PaneProps = {
  /** `nav` stands at the window's start, `aside` at its end. */
  readonly element: 'nav' | 'aside'
  readonly title: string
  /** Said of the button that hides it, with its shortcut. */
  readonly hide: {
    readonly label: string
    readonly shortcut?: string
    readonly icon: ReactNode
    readonly onPress: () => void
  }
  readonly children: ReactNode
}

/** A pane beside the files: its title, the way to hide it, and what is in it. */
export function Pane({ element: Element, title, hide, children }: PaneProps) {
  return (
    <Element aria-label={title} className={styles.pane}>
      <header className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        <IconButton {...hide} />
      </header>
      {children}
    </Element>
  )
}
