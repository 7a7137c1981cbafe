import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/**
 * What axe finds on the screen as it is, or within a part of it: in the light theme, in the dark one, and in the system's
 * own colours. A frame is left out, since in it stands what strangers wrote.
 */
export async function axeFaults(window: Page, within = 'body'): Promise<readonly string[]> {
  const found: string[] = []
  for (const look of ['light', 'dark', 'forced'] as const) {
    await window.emulateMedia({
      colorScheme: look === 'dark' ? 'dark' : 'light',
      forcedColors: look === 'forced' ? 'active' : 'none',
      reducedMotion: 'reduce',
    })
    await painted(window)
    const axe = new AxeBuilder({ page: window }).setLegacyMode(true).exclude('iframe')
    const { violations } = await (within === 'body' ? axe : axe.include(within)).analyze()
    found.push(
      ...violations.flatMap(({ id, nodes }) => nodes.map((node) => `${look} ${id}: ${node.html.slice(0, 160)}`)),
    )
  }
  await window.emulateMedia({ forcedColors: 'none' })
  return found
}

/** Waits until the window has been drawn as it is now: colours of two themes at once are nobody's fault. */
function painted(window: Page): Promise<void> {
  return window.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  )
}
