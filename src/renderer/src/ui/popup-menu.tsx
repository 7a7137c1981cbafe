import { Check } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Header, Keyboard, Menu, MenuItem, MenuSection, Popover, Separator } from 'react-aria-components'
import styles from './popup-menu.module.css'
import hidden from './visually-hidden.module.css'

export type MenuChoice = {
  readonly id: string
  readonly label: string
  readonly shortcut?: string | undefined
  readonly disabled?: boolean
  /** Whether it is ticked; left out for what can't be. */
  readonly checked?: boolean
  /** Shown quietly at the end, such as a count. */
  readonly note?: string
}

export type MenuGroup = { readonly title?: string; readonly choices: readonly MenuChoice[] }

export type MenuAnchor = { readonly x: number; readonly y: number }

export type PopupMenuProps = {
  readonly label: string
  readonly at: MenuAnchor
  readonly groups: readonly MenuGroup[]
  readonly onChoose: (id: string) => void
  readonly onClose: () => void
  /** Whether it stays open for more choices, as ticked ones do. */
  readonly staysOpen?: boolean
}

/** A menu at a point of the window, for context menus and the menus of buttons. */
export function PopupMenu({ label, at, groups, onChoose, onClose, staysOpen = false }: PopupMenuProps) {
  const anchor = useRef<HTMLSpanElement>(null)
  const before = useRef(document.activeElement)
  useEffect(() => {
    const { current } = before
    return () => {
      if (current instanceof HTMLElement) current.focus({ preventScroll: true })
    }
  }, [])

  return (
    <>
      <span ref={anchor} className={styles.anchor} style={{ left: at.x, top: at.y }} />
      <Popover
        aria-label={label}
        triggerRef={anchor}
        isOpen
        placement="bottom start"
        offset={2}
        onOpenChange={(open) => {
          if (!open) onClose()
        }}
        className={styles.popover ?? ''}
      >
        <Menu
          aria-label={label}
          autoFocus="first"
          className={styles.menu ?? ''}
          disabledKeys={groups.flatMap(({ choices }) => choices.filter(({ disabled }) => disabled).map(({ id }) => id))}
          onAction={(id) => {
            if (!staysOpen) onClose()
            onChoose(String(id))
          }}
          shouldCloseOnSelect={!staysOpen}
        >
          {groups.map((group, index) => (
            <MenuGroupItems key={group.title ?? group.choices[0]?.id ?? index} group={group} isFirst={index === 0} />
          ))}
        </Menu>
      </Popover>
    </>
  )
}

function MenuGroupItems({ group, isFirst }: { readonly group: MenuGroup; readonly isFirst: boolean }) {
  const title = group.title ?? group.choices.map(({ label }) => label).join(', ')
  return (
    <>
      {!isFirst && <Separator className={styles.line ?? ''} />}
      <MenuSection aria-label={title}>
        {group.title && <Header className={styles.title ?? ''}>{group.title}</Header>}
        {group.choices.map(({ id, label, shortcut, checked, note }) => (
          <MenuItem key={id} id={id} textValue={label} className={styles.item ?? ''}>
            {checked !== undefined && <span className={styles.tick}>{checked && <Check size={14} aria-hidden />}</span>}
            <span className={styles.label}>
              {label}
              {checked && <span className={hidden.hidden}> (on)</span>}
            </span>
            {note && <span className={styles.note}>{note}</span>}
            {shortcut && <Keyboard className={styles.note ?? ''}>{shortcut}</Keyboard>}
          </MenuItem>
        ))}
      </MenuSection>
    </>
  )
}
