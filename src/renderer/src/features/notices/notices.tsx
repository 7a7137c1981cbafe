import { X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { findAction } from '../../../../shared/actions.ts'
import type { Notice } from '../../store/notices.ts'
import { useApp } from '../../store/store-context.tsx'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import hidden from '../../ui/visually-hidden.module.css'
import { noticeMilliseconds } from './notice-time.ts'
import styles from './notices.module.css'
import { useTakenRoom } from './use-taken-room.ts'

/** How long after being looked at a notice whose time is over may go. */
const graceMilliseconds = 2_000

/** Short words at the foot of the files; of the window, where a dialog or a pane lies over these and leaves room for them. */
export function Notices() {
  const notices = useApp((state) => state.notices)
  const isAtFoot = useApp(({ dialog, previewing, narrow, overlay }) => {
    return dialog !== null || previewing || (narrow && overlay !== null)
  })
  const list = useRef<HTMLElement>(null)
  /** What had the focus before a notice did. */
  const before = useRef<Element | null>(null)
  useTakenRoom(list)

  // A button that goes while it has the focus would leave the keyboard nowhere.
  const giveFocusBack = (byKeyboard: boolean) => {
    if (!list.current?.contains(document.activeElement)) return
    const next = [...list.current.querySelectorAll('button')].find((button) => !isOfFocused(button))
    const target = (byKeyboard && next) || before.current
    if (target instanceof HTMLElement) target.focus()
  }

  return (
    <>
      <p role="status" aria-label="Newest notice" className={hidden.hidden}>
        {notices.at(-1)?.text}
      </p>
      <section
        ref={list}
        aria-label="Notices"
        // Told apart from what a dialog makes inert, and no press outside of it.
        data-react-aria-top-layer
        className={classes(styles.notices, isAtFoot && styles.atFoot)}
        onFocus={({ relatedTarget, currentTarget }) => {
          if (!currentTarget.contains(relatedTarget)) before.current = relatedTarget
        }}
      >
        {notices.map((notice) => (
          <NoticeItem key={notice.id} notice={notice} onBeforeClose={giveFocusBack} />
        ))}
      </section>
    </>
  )
}

type NoticeItemProps = { readonly notice: Notice; readonly onBeforeClose: (byKeyboard: boolean) => void }

function NoticeItem({ notice, onBeforeClose }: NoticeItemProps) {
  const { id, tone, text, action } = notice
  const dismiss = useApp((state) => state.dismiss)
  const run = useApp((state) => state.run)
  const item = useRef<HTMLDivElement>(null)
  const offered = action && findAction(action)
  useEffect(() => {
    const leave = () => {
      if (isLookedAt(item.current)) timer = setTimeout(leave, graceMilliseconds)
      else dismiss(notice.id)
    }
    let timer = setTimeout(leave, noticeMilliseconds(notice))
    return () => clearTimeout(timer)
    // A notice that is said again is a new object, and stays as long as if it were new.
  }, [dismiss, notice])

  const close = (byKeyboard: boolean) => {
    onBeforeClose(byKeyboard)
    dismiss(id)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    close(true)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape in any of its buttons closes it.
    <div
      ref={item}
      data-notice
      className={classes(styles.notice, tone === 'problem' && styles.problem)}
      onKeyDown={onKeyDown}
    >
      <div className={styles.text}>
        <p>{text}</p>
        {offered && (
          <Button
            look="quiet"
            onPress={() => {
              close(false)
              run(offered.id)
            }}
          >
            {offered.label}
          </Button>
        )}
      </div>
      {/* Without a tooltip, whose Escape would come first. No detail: it was pressed by keyboard. */}
      <button
        type="button"
        className={styles.close}
        aria-label="Close notice"
        onClick={({ detail }) => close(detail === 0)}
      >
        <X size={14} aria-hidden />
      </button>
    </div>
  )
}

function isOfFocused(button: Element): boolean {
  return button.closest('[data-notice]')?.contains(document.activeElement) === true
}

/** Nothing goes from under a pointer or the keyboard, nor while nobody can see it. */
function isLookedAt(item: Element | null): boolean {
  return item?.parentElement?.matches(':hover, :focus-within') === true || document.visibilityState === 'hidden'
}
