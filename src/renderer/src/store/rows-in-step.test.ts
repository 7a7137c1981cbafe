import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Api } from '../../../shared/contract.ts'
import type { Row } from '../../../shared/models/listing.ts'
import { createFakeApi } from '../testing/fake-api.ts'
import { aRun } from '../testing/open-run.ts'
import { createAppStore } from './app-store.ts'
import { pageSize } from './rows.ts'
import { start } from './start.ts'

const files = Array.from({ length: 330 }, (_, index) => ({ path: `workspace/file-${index}.txt`, size: index % 7 }))
const anyRow = fc.nat({ max: files.length + 3 })
const anyAct = fc.oneof(
  fc.record({ what: fc.constantFrom('only', 'only', 'toggle', 'extend', 'show'), row: anyRow }),
  fc.record({ what: fc.constantFrom('all', 'none', 'sort', 'filter', 'refresh'), row: anyRow }),
)

function drawn(rows: readonly Row[]): string {
  return rows.map(({ node, selected }) => `${node}${selected ? ' selected' : ''}`).join()
}

/** One walk in some hundreds met these, so they are always taken. */
const seenToFail: readonly [{ what: string; row: number }[], number[]][] = [
  [
    [
      { what: 'only', row: 100 },
      { what: 'extend', row: 0 },
      { what: 'all', row: 0 },
      { what: 'filter', row: 0 },
    ],
    [2, 1, 4],
  ],
  [
    [
      { what: 'all', row: 0 },
      { what: 'none', row: 0 },
      { what: 'only', row: 200 },
    ],
    [0, 0, 1, 0],
  ],
]

/** Main whose answers come later than they were given, each by another number of turns, and not in order. */
function slowly(api: Api, turns: readonly number[]) {
  let asked = 0
  let underWay = 0
  const slow: Api = {
    ...api,
    invoke: async (command, input) => {
      asked += 1
      underWay += 1
      const late = turns[asked % turns.length] ?? 0
      const answer = await api.invoke(command, input)
      for (let passed = 0; passed < late; passed += 1) await turn()
      underWay -= 1
      return answer
    },
  }
  return { slow, isIdle: () => underWay === 0 }
}

test('whatever is selected, sorted, filtered and refreshed while answers are on their way, the rows on show end as main has them, and a row that was gone to is the one selected', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyAct, { minLength: 1, maxLength: 12 }),
      fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 9 }),
      async (acts, turns) => {
        const fake = createFakeApi({ files })
        const { slow, isIdle } = slowly(fake.api, turns)
        const store = createAppStore(slow)
        const state = store.getState
        await start(slow, store)
        await state().openExecution(aRun)
        let direction: 'ascending' | 'descending' = 'ascending'
        for (const [index, { what, row }] of acts.entries()) {
          if (what === 'only' || what === 'toggle' || what === 'extend') void state().selectRow(what, row)
          if (what === 'show') state().wantRows(row, row + 30)
          if (what === 'all') state().selectAll()
          if (what === 'none') state().selectNone()
          if (what === 'filter') void state().setFilter({ text: row % 3 === 0 ? '' : `file-${row % 3}` })
          if (what === 'refresh') fake.tell('listing:changed', fake.listing().refresh())
          if (what === 'sort') {
            direction = direction === 'ascending' ? 'descending' : 'ascending'
            void state().sortBy({ column: 'size', direction })
          }
          for (let passed = 0; passed < (turns[index % turns.length] ?? 0); passed += 1) await turn()
        }
        state().wantRows(0, 30)
        for (let still = 0; still < 8; still = isIdle() ? still + 1 : 0) await turn()
        expect(state().listing).toEqual(fake.listing().view())
        const { pages, isNewest } = state()
        const newest = [...pages].filter(([number]) => isNewest(number * pageSize))
        expect(newest.length).toBeGreaterThan(0)
        for (const [number, { rows }] of newest) {
          const from = number * pageSize
          expect(drawn(rows)).toEqual(drawn(fake.listing().rows(from, from + pageSize).rows))
        }
        // A filter may hide what was selected.
        const last = acts.findLast(({ what }) => what !== 'show' && what !== 'sort' && what !== 'refresh')
        const isFiltered = acts.some(({ what }) => what === 'filter')
        if (last?.what === 'only' && !isFiltered) expect(state().focus.node).toBe(state().listing?.selection.only)
      },
    ),
    { numRuns: 300, examples: [...seenToFail] },
  )
})
