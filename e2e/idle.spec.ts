import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { exploreSample } from './window/files-view.ts'

/** How long the app is left alone, and the CPU time that it may take meanwhile: a tenth of what one timer of a second takes. */
const restMilliseconds = 5_000
const windowCpuMilliseconds = 25

test('left alone with files open and a download done, the app does nothing', async ({ app }) => {
  const { window } = app
  const { row, transfers } = await exploreSample(window)
  await row('invoices.csv').click()
  await window.keyboard.press('Control+s')
  await expect(transfers.getByText(/^Done/)).toBeVisible()
  // The notices and what was put off for later come to rest.
  await expect(window.getByRole('region', { name: 'Notices' }).getByRole('button')).toHaveCount(0)
  await window.waitForTimeout(2_000)

  await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    if (!contents) throw new Error('There is no window.')
    const send = contents.send.bind(contents)
    Object.assign(globalThis, { sent: [] })
    contents.send = (...sent) => {
      Reflect.get(globalThis, 'sent').push(sent[0])
      send(...sent)
    }
  })
  const session = await window.context().newCDPSession(window)
  // The time that the thread has worked, and not the time that it had to wait for other programs.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const measured = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
  }
  const before = await measured()
  await new Promise((resolve) => setTimeout(resolve, restMilliseconds))
  const after = await measured()
  const grown = (name: string) => after(name) - before(name)

  expect(await app.evaluate(() => Reflect.get(globalThis, 'sent'))).toEqual([])
  expect(
    await window.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length),
  ).toBe(0)
  // Words such as “2 minutes ago” are renewed twice a minute: at most one such time falls within.
  expect(grown('LayoutCount')).toBeLessThanOrEqual(2)
  expect(grown('ScriptDuration') * 1_000).toBeLessThan(windowCpuMilliseconds)
})
