import { X } from 'lucide-react'
import { useEffect } from 'react'
import type { Notice } from '../../store/notices.ts'
import { useApp } from '../../store/store-context.tsx'
import { IconButton } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import styles from './notices.module.css'

const shownMilliseconds = 4_000

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

function NoticeItem({ notice: { id, tone, text } }: { readonly notice: Notice }) {
  const dismiss = useApp((state) => state.dismiss)
  useEffect(() => {
    if (tone === 'problem') return
    const timer = setTimeout(() => dismiss(id), shownMilliseconds)
    return () => clearTimeout(timer)
  }, [dismiss, id, tone])
  return (
    <div className={classes(styles.notice, tone === 'problem' && styles.problem)}>
      <p className={styles.text}>{text}</p>
      <IconButton size="small" label="Close notice" icon={<X size={14} />} onPress={() => dismiss(id)} />
    </div>
  )
}
