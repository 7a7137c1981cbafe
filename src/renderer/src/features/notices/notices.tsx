import { X } from 'lucide-react'
import { useEffect } from 'react'
import { findAction } from '../../../../shared/actions.ts'
import type { Notice } from '../../store/notices.ts'
import { useApp } from '../../store/store-context.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import styles from './notices.module.css'

const shownMilliseconds = 4_000
/** What can be pressed stays long enough to be reached. */
const offeredMilliseconds = 15_000

/** Short words at the foot of the window. */
export function Notices() {
  const notices = useApp((state) => state.notices)
  return (
    <section aria-label="Notices" aria-live="polite" className={styles.notices}>
      {notices.map((notice) => (
        <NoticeItem key={notice.id} notice={notice} />
      ))}
    </section>
  )
}

function NoticeItem({ notice: { id, tone, text, action } }: { readonly notice: Notice }) {
  const dismiss = useApp((state) => state.dismiss)
  const run = useApp((state) => state.run)
  const offered = action && findAction(action)
  useEffect(() => {
    if (tone === 'problem') return
    const timer = setTimeout(() => dismiss(id), action ? offeredMilliseconds : shownMilliseconds)
    return () => clearTimeout(timer)
  }, [dismiss, id, tone, action])
  return (
    <div className={classes(styles.notice, tone === 'problem' && styles.problem)}>
      <div className={styles.text}>
        <p>{text}</p>
        {offered && (
          <Button
            look="quiet"
            onPress={() => {
              dismiss(id)
              run(offered.id)
            }}
          >
            {offered.label}
          </Button>
        )}
      </div>
      <IconButton size="small" label="Close notice" icon={<X size={14} />} onPress={() => dismiss(id)} />
    </div>
  )
}
