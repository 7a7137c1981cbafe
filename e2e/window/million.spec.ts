import { expect } from '@playwright/test'
import { test } from '../fixtures.ts'
import { filesView } from './files-view.ts'
import { largest, startMillionApi } from './million-api.ts'
import { type Pauses, untilMainRests, watchPauses } from './pauses.ts'

/** The longest that one task may hold up the window, and main, in milliseconds of the thread's own CPU time. */
const windowPause = 100
const mainPause = 50

test('a million files are opened, filtered, sorted, expanded, walked to the end and selected', async ({ launch }) => {
  test.setTimeout(300_000)
  const api = await startMillionApi()
  try {
    const app = await launch({ env: api.env })
    const { window } = app
    const { tree, row, counts, search, active, names } = filesView(window)
    const held: Record<string, Pauses> = {}
    const step = (name: string, act: () => Promise<void>) =>
      test.step(name, async () => {
        held[name] = await watchPauses(app, act)
      })

    await untilMainRests(app)
    await step('open', async () => {
      await app.evaluate(({ app: electronApp }) => {
        electronApp.emit(
          'open-url',
          { preventDefault() {} },
          'asteroid-files://executions/1b9f6f0e-6a5f-4c1e-9d39-6a1c2f0e7a02',
        )
      })
      await expect(counts).toContainText('1,000,000 files', { timeout: 120_000 })
      await expect(row('f0000')).toBeVisible()
    })

    await step('type a filter', async () => {
      await search.pressSequentially('file-0123456')
      await expect(counts).toContainText('1 of 1,000,000 files', { timeout: 30_000 })
      await expect(row('file-0123456.txt')).toBeVisible()
      await expect(tree.locator('mark').first()).toHaveText('file-0123456')
      await search.fill('')
      await expect(counts).not.toContainText(' of ', { timeout: 30_000 })
    })

    await step('expand all', async () => {
      await expect(row('uploads')).toBeVisible()
      await row('workspace').click()
      await expect.poll(active).toBe('workspace')
      await window.keyboard.press('*')
      await expect(tree).toHaveAttribute('aria-rowcount', String(1_000_000 + 1_000 + 5 + 1), { timeout: 60_000 })
      // The count is told first: until the rows are there, a key goes by those of before.
      await expect(row('file-0000000.txt')).toBeVisible()
      await window.keyboard.press('ArrowUp')
      await window.keyboard.press('ArrowDown')
      await window.keyboard.press('ArrowDown')
      await window.keyboard.press('ArrowDown')
      await expect.poll(active).toBe('workspace/f0000/file-0000000.txt')
    })

    await step('scroll to the end by key', async () => {
      await window.keyboard.press('End')
      await expect.poll(active).toBe('debug')
      await expect(row('debug')).toBeInViewport({ ratio: 1 })
      await window.keyboard.press('PageUp')
      await expect.poll(active).toMatch(/^workspace\/f0999\/file-09999\d\d\.txt$/)
      await expect(row('file-0999990.txt')).toBeVisible()
      // Rows that come take the elements of those that went: making them anew is what a page down costs most. At the
      // list's end fewer are drawn than elsewhere.
      const pageUp = async () => {
        const focused = await active()
        await window.keyboard.press('PageUp')
        await expect.poll(active).not.toBe(focused)
        await expect(tree.getByText('Loading')).toHaveCount(0)
      }
      await pageUp()
      const before = await tree.evaluateHandle((element) => new Set(element.querySelectorAll('[data-row]')))
      await pageUp()
      const made = await tree.evaluate(
        (element, known) => [...element.querySelectorAll('[data-row]')].filter((each) => !known.has(each)).length,
        before,
      )
      expect(made).toBe(0)
      // While the list moves, elements keep their places among their siblings; at rest they follow the rows again.
      const isInOrder = () =>
        tree.evaluate((element) => {
          const drawn = [...element.querySelectorAll('[data-row]')].map((each) => Number(each.getAttribute('data-row')))
          return drawn.every((row, place) => row > (drawn[place - 1] ?? -1))
        })
      await expect.poll(isInOrder).toBe(true)
    })

    await step('scroll to the middle and by wheel', async () => {
      const middle = await tree.evaluate((element) => {
        element.scrollTop = element.scrollHeight / 2
        return element.scrollHeight
      })
      expect(middle).toBeLessThan(10_000_000)
      await expect.poll(async () => (await names())[12] ?? '').toMatch(/^(file-0(49|50)|f0(49|50))/)
      await tree.hover()
      await window.mouse.wheel(0, 260)
      await expect(tree.getByText('Loading')).toHaveCount(0)
    })

    await step('sort by size', async () => {
      await tree.getByRole('button', { name: 'Size' }).click()
      await expect(tree.getByRole('columnheader', { name: 'Size' })).toHaveAttribute('aria-sort', 'descending')
      await expect(row('uploads')).toBeVisible({ timeout: 60_000 })
      await tree.focus()
      await window.keyboard.press('Home')
      const { folder, file } = largest()
      await expect.poll(async () => (await names()).join(' ')).toContain(`workspace ${folder} ${file} `)
    })

    await step('select all', async () => {
      await window.keyboard.press('Control+a')
      await expect(counts).toContainText('1,001,005 selected', { timeout: 60_000 })
      await expect(tree.locator('[data-row][aria-selected=false]')).toHaveCount(0)
    })

    const tooLong = Object.entries(held).filter(([, { window, main }]) => window > windowPause || main > mainPause)
    expect(Object.fromEntries(tooLong)).toEqual({})
  } finally {
    api.close()
  }
})
