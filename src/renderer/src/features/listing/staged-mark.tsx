import { CircleCheck } from 'lucide-react'
import { formatNumber } from '../../format/size.ts'
import { useApp } from '../../store/store-context.tsx'
import styles from './file-row.module.css'

/** Says by a row that is selected, and so may be dragged next, whether its copy is ready, or how far it is. */
export function StagedMark({ node }: { readonly node: number }) {
  const status = useApp((state) => state.staged.get(node))
  if (status?.state === 'ready')
    return <CircleCheck size={12} className={styles.staged} role="img" aria-label="Ready to drag" />
  if (status?.state !== 'fetching') return null
  const { received, size } = status
  const part = size ? `${formatNumber(Math.min(99, Math.floor((received / size) * 100)))}%` : ''
  return <span className={styles.staged}>{`preparing ${part}`}</span>
}
