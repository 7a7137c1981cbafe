import { useEffect, useRef, useState } from 'react'
import type { Batch } from '../../../../shared/models/transfer.ts'
import { formatCount } from '../../format/count.ts'
import { useApp } from '../../store/store-context.tsx'
import hidden from '../../ui/visually-hidden.module.css'

/** Tells those who don't see the drawer when a download ends or needs them; never its every step. */
export function TransfersAnnouncer() {
  const batches = useApp((state) => state.batches)
  const [words, setWords] = useState('')
  const known = useRef<ReadonlyMap<string, string> | null>(null)

  useEffect(() => {
    const before = known.current
    known.current = new Map(batches.map((batch) => [batch.id, stateOf(batch)]))
    if (!before) return
    const told = batches.filter((batch) => before.has(batch.id) && before.get(batch.id) !== stateOf(batch))
    const sentence = told.map(announcement).filter(Boolean).join(' ')
    if (sentence !== '') setWords(sentence)
  }, [batches])

  return (
    <p role="status" aria-label="Transfers" className={hidden.hidden}>
      {words}
    </p>
  )
}

function stateOf({ status, conflict }: Batch): string {
  return conflict ? 'conflict' : status.state
}

function announcement(batch: Batch): string {
  const { title, conflict, status, fileCount, failedCount, unchangedCount } = batch
  if (conflict) return `${title} waits for your answer: ${conflict.path} is already there.`
  if (status.state === 'done') return `${title} is ${unchangedCount === fileCount ? 'already there' : 'downloaded'}.`
  if (status.state === 'failed') return `${title}: ${formatCount(Math.max(1, failedCount), 'file')} failed.`
  if (status.state === 'waiting') return `${title} waits: ${status.message}`
  return ''
}
