import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Heading } from 'react-aria-components'
import { IconButton } from './button.tsx'
import styles from './dialog.module.css'
import { Modal } from './modal.tsx'

type DialogProps = {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly size?: 'small' | 'medium' | 'large'
}

/** A dialog over the window, with a title and a cross. */
export function Dialog({ title, onClose, children, size = 'small' }: DialogProps) {
  return (
    <Modal size={size} onClose={onClose}>
      <header className={styles.head}>
        <Heading slot="title" level={2} className={styles.title ?? ''}>
          {title}
        </Heading>
        <IconButton label="Close" icon={<X size={16} />} onPress={onClose} />
      </header>
      <div className={styles.body}>{children}</div>
    </Modal>
  )
}
