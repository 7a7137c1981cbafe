import { expect, type Locator, type Page } from '@playwright/test'

/** The parts of the window that specs act on, by what a person calls them. */
export function filesView(window: Page) {
  const tree = window.getByRole('treegrid', { name: 'Files' })
  return {
    tree,
    row: (name: string): Locator => tree.getByRole('row', { name: new RegExp(`^${escaped(name)}\\b`) }).first(),
    search: window.getByRole('searchbox', { name: 'Search the run’s files' }),
    details: window.getByRole('complementary', { name: 'Details' }),
    transfers: window.getByRole('region', { name: 'Transfers' }),
    counts: window.getByRole('contentinfo').last().getByRole('status'),
    /** How old the files are, which is told once all of them have come. */
    age: window.getByRole('contentinfo').last().getByText('Updated'),
    /** The path of the row that the keyboard is on. */
    active: async (): Promise<string | null> => {
      const id = await tree.getAttribute('aria-activedescendant')
      return window.locator(`#${id} [title]`).first().getAttribute('title')
    },
    names: async (): Promise<readonly string[]> => {
      const rows = tree.locator('[data-row]')
      const found = await rows.evaluateAll((all) =>
        all
          .toSorted((a, b) => Number(a.getAttribute('data-row')) - Number(b.getAttribute('data-row')))
          .map((row) => row.querySelector('[title]')?.textContent ?? ''),
      )
      return found
    },
  }
}

/** Opens the finished sample run from the welcome pane, as a person does. */
export async function exploreSample(window: Page): Promise<ReturnType<typeof filesView>> {
  await window.getByRole('button', { name: 'Explore a sample run' }).click()
  const view = filesView(window)
  await expect(view.row('uploads')).toBeVisible()
  await expect(view.counts).toContainText('110 files')
  // The rows follow the counts: until they are there, the directories are still shown empty, and a key goes by those.
  await expect(view.row('debug')).toContainText('10 files')
  return view
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
