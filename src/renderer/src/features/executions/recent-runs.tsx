import { useApp } from '../../store/store-context.tsx'
import { useNow } from '../../ui/use-now.ts'
import { ExecutionItem } from './execution-item.tsx'

const mostShown = 6

/** The runs that were opened last, for the start: a person who comes back goes on there. */
export function RecentRuns() {
  const recents = useApp((state) => state.recents)
  const now = useNow()
  const lastFirst = recents.toSorted((one, other) => other.openedAt - one.openedAt).slice(0, mostShown)
  return (
    <ul aria-label="Recent runs">
      {lastFirst.map((recent) => (
        <ExecutionItem key={`${recent.source}/${recent.executionId}`} recent={recent} now={now} isWide />
      ))}
    </ul>
  )
}
