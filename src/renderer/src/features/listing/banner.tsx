import { Clock, CloudOff, KeyRound, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatCount } from '../../format/count.ts'
import { formatFullTime } from '../../format/time.ts'
import { useApp } from '../../store/store-context.tsx'
import { Button } from '../../ui/button.tsx'
import styles from './banner.module.css'
import { RetryCountdown } from './retry-countdown.tsx'

/** What the files below should be read with: that they are old, why they could not be refreshed, what was left out. */
export function Banners() {
  const listing = useApp((state) => state.listing)
  const refresh = useApp((state) => state.refresh)
  const showDialog = useApp((state) => state.showDialog)
  if (!listing) return null
  const { problem, freshness, loadedAt, leftOut } = listing
  const dated = `These files were listed ${formatFullTime(loadedAt)}.`
  const again = <Button onPress={() => void refresh()}>Try again</Button>

  return (
    <>
      {problem?.kind === 'rate-limited' && <Pause dated={dated} />}
      {(problem?.kind === 'unauthorized' || problem?.kind === 'key-missing') && (
        <Banner
          icon={<KeyRound size={15} aria-hidden />}
          action={
            <Button onPress={() => showDialog('sign-in')}>
              {problem.kind === 'key-missing' ? 'Sign in…' : 'Change key…'}
            </Button>
          }
        >
          {problem.message} {dated}
        </Banner>
      )}
      {problem?.kind === 'offline' && (
        <Banner icon={<CloudOff size={15} aria-hidden />} action={again}>
          {problem.message} {dated}
        </Banner>
      )}
      {problem && !['rate-limited', 'unauthorized', 'key-missing', 'offline', 'cancelled'].includes(problem.kind) && (
        <Banner icon={<TriangleAlert size={15} aria-hidden />} action={again}>
          {problem.message} {dated}
        </Banner>
      )}
      {!problem && freshness === 'cached' && !listing.loading && (
        <Banner icon={<Clock size={15} aria-hidden />} action={again}>
          {dated}
        </Banner>
      )}
      {leftOut > 0 && (
        <Banner icon={<TriangleAlert size={15} aria-hidden />}>
          {formatCount(leftOut, 'entry was', 'entries were')} left out because the answer did not say enough about{' '}
          {leftOut === 1 ? 'it' : 'them'}. All other files are here.
        </Banner>
      )}
    </>
  )
}

function Pause({ dated }: { readonly dated: string }) {
  return (
    <Banner icon={<Clock size={15} aria-hidden />}>
      Asteroid asks for a pause. <RetryCountdown /> {dated}
    </Banner>
  )
}

type BannerProps = { readonly icon: ReactNode; readonly action?: ReactNode; readonly children: ReactNode }

function Banner({ icon, action, children }: BannerProps) {
  return (
    <div className={styles.banner} role="note">
      {icon}
      <p className={styles.words}>{children}</p>
      {action}
    </div>
  )
}
