import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { openPreviewedRun } from '../../../e2e/previews/previewed-run.ts'
import { repeated } from '../../../e2e/previews/repeated-content.ts'

const name = 'huge.log'
const line = '2026-01-02T03:04:05Z step done, all is well'

/** Measures the first text of a log of 1 GB: `npm run bench -- previews [--rounds N]`. */
export async function run(options: readonly string[]): Promise<void> {
  const flag = options.indexOf('--rounds')
  const rounds = flag < 0 ? 7 : Number(options[flag + 1])
  const folder = mkdtempSync(path.join(tmpdir(), 'asteroid-files-bench-'))
  for (const part of ['profile', 'home']) mkdirSync(path.join(folder, part))
  const opened = await openPreviewedRun(folder, [{ name, content: repeated(`${line}\n`) }])
  try {
    const { window } = opened.app
    // Without the details nothing has been looked at before the first press.
    await window.keyboard.press('Control+i')
    await window.getByRole('treegrid').getByText(name, { exact: true }).first().click()
    // A start has ended when its parts have been fetched ahead.
    await window.waitForTimeout(2_000)
    await window.getByRole('treegrid').focus()
    const results: { readonly milliseconds: number; readonly bytes: number }[] = []
    for (let round = 0; round <= rounds; round += 1) {
      const before = opened.server.sentOf(name)
      const milliseconds = await firstText(window)
      results.push({ milliseconds, bytes: opened.server.sentOf(name) - before })
      await window.keyboard.press('Escape')
      await window.getByRole('dialog').waitFor({ state: 'detached' })
      // What is still on its way is not the next round's.
      await window.waitForTimeout(1_000)
    }
    const [first, ...again] = results
    const sorted = again.map(({ milliseconds }) => milliseconds).toSorted((a, b) => a - b)
    process.stdout.write(
      [
        `| first text of 1 GB, on ${opened.app.runtime} | ms |`,
        '|---|---:|',
        `| the first time | ${first?.milliseconds.toFixed(0)} |`,
        `| again, median of ${rounds} | ${sorted[Math.floor(sorted.length / 2)]?.toFixed(0)} |`,
        `| again, best | ${sorted[0]?.toFixed(0)} |`,
        `| bytes sent for each | ${Math.max(...results.map(({ bytes }) => bytes)).toLocaleString('en')} |`,
        '',
      ].join('\n'),
    )
  } finally {
    await opened.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Presses Space, and answers when the first line of the log has been painted in the dialog. */
async function firstText(window: Page): Promise<number> {
  await window.evaluate((wanted) => {
    const whenPainted = () => {
      const isThere = document.querySelector('[role=dialog]')?.textContent?.includes(wanted) === true
      if (isThere) performance.mark('painted')
      else requestAnimationFrame(whenPainted)
    }
    performance.clearMarks()
    const onPress = () => {
      performance.mark('pressed')
      requestAnimationFrame(whenPainted)
    }
    addEventListener('keydown', onPress, { once: true, capture: true })
  }, line)
  await window.keyboard.press('Space')
  await window.getByRole('dialog').getByText(line).first().waitFor()
  await window.waitForTimeout(100)
  return window.evaluate(() => performance.measure('first text', 'pressed', 'painted').duration)
}
