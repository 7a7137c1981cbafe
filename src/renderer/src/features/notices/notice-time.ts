import type { Notice } from '../../store/notices.ts'

const plainMilliseconds = 3_000
const problemMilliseconds = 12_000
/** What can be pressed stays long enough to be reached. */
const offeredMilliseconds = 15_000
const millisecondsPerLetter = 50

/** How long a notice stays: as long as it takes to read, and longer for what went wrong or can be pressed. */
export function noticeMilliseconds({ tone, text, action }: Pick<Notice, 'tone' | 'text' | 'action'>): number {
  const least = action !== null ? offeredMilliseconds : tone === 'problem' ? problemMilliseconds : plainMilliseconds
  return least + text.length * millisecondsPerLetter
}
