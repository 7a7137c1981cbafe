import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Modal as AriaModal, ModalOverlay } from 'react-aria-components'
import { classes } from './classes.ts'
import styles from './modal.module.css'

type ModalProps = {
  /** Its name; left out where a heading in it with the slot `title` names it. */
  readonly label?: string
  /** `whole` takes the window but for a margin. */
  readonly size: 'small' | 'medium' | 'large' | 'palette' | 'whole'
  readonly onClose: () => void
  readonly children: ReactNode
}

/** What lies over the window until it is closed. Escape and a press outside close it. */
export function Modal({ label, size, onClose, children }: ModalProps) {
  const name = label === undefined ? {} : { 'aria-label': label }
  return (
    <ModalOverlay
      isOpen
      isDismissable
      className={styles.overlay ?? ''}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <AriaModal className={classes(styles.modal, styles[size])}>
        <AriaDialog {...name} className={styles.dialog ?? ''}>
          {children}
        </AriaDialog>
      </AriaModal>
    </ModalOverlay>
  )
}
