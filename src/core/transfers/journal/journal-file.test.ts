import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { mebi, smallDisk } from '../small-disk.fixture.ts'
import { openJournalFile } from './journal-file.ts'
import { fromLines } from './lines.ts'
import type { JournalRecord } from './records.ts'

test('what a full disk did not take in is written when there is room, and what it took in half is lost to no line', async ({
  skip,
}) => {
  const disk = await smallDisk()
  if (disk === null) return skip('needs root on Linux, to mount a small disk')
  const faults: unknown[] = []
  const file = openJournalFile(path.join(disk, 'journal'), (thrown) => faults.push(thrown))
  const records: JournalRecord[] = Array.from({ length: 1_000 }, (_, index) => ({ record: 'dropped', index }))
  const filler = path.join(disk, 'filler')
  // All but one page of the disk.
  writeFileSync(filler, Buffer.alloc(8 * mebi - 4_096))
  for (const record of records) file.add(record)
  file.write()
  expect(faults.length).toBeGreaterThan(0)
  rmSync(filler)
  file.add({ record: 'paused', paused: true })
  file.close()
  const read = [...fromLines(readFileSync(path.join(disk, 'journal'), 'utf8'))]
  expect(read).toEqual([...records, { record: 'paused', paused: true }])
})
