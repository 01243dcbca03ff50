import { expect, type Page } from '@playwright/test'

/** What the addresses of the pages about one thing need. */
export interface Things {
  lead: string
  import: string
  batch: string
}

/** Every page for somebody signed in, under the name its picture has. */
export function everyPage({
  lead,
  import: imported,
  batch,
}: Things): [name: string, path: string][] {
  return [
    ['home', '/'],
    ['leads', '/leads'],
    ['lead', `/leads/${lead}`],
    ['imports', '/imports'],
    ['import-new', '/imports/new'],
    ['import', `/imports/${imported}`],
    ['batches', '/batches'],
    ['batch', `/batches/${batch}`],
    ['profile', '/profile'],
    ['wizard', '/profile/wizard'],
    ['quality', '/quality'],
    ['duplicates', '/duplicates'],
    ['templates', '/templates'],
    ['help', '/help'],
    ['about', '/about'],
    ['settings-preferences', '/settings/preferences'],
    ['settings-ai', '/settings/ai'],
    ['settings-budgets', '/settings/budgets'],
    ['settings-keys', '/settings/keys'],
    ['settings-people', '/settings/people'],
    ['settings-roles', '/settings/roles'],
    ['settings-sessions', '/settings/sessions'],
    ['settings-system', '/settings/system'],
    ['not-found', '/nowhere'],
  ]
}

/** Every page for somebody who is not. */
export const STRANGERS: [name: string, path: string][] = [
  ['login', '/login'],
  ['accept', '/accept?token=of-a-test'],
  ['accept-cut', '/accept'],
  ['reset', '/reset'],
  ['reset-confirm', '/reset?token=of-a-test'],
]

/** Waits until a page shows what it is about. */
export async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
  await expect(page.locator('.animate-skeleton')).toHaveCount(0)
}

/** Chooses the theme for the pages that are opened from now on. */
export async function useTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.addInitScript((choice) => localStorage.setItem('winnow.theme', choice), theme)
}

/** The other theme for the page that is open: as its own switch does it, without reading everything again. */
export function changeTheme(page: Page, theme: 'light' | 'dark'): Promise<unknown> {
  return page.evaluate((next) => (document.documentElement.dataset.theme = next), theme)
}

/** How many pixels of the page lie outside the window, sideways, read from the left and from the right. */
export function runsOver(page: Page): Promise<{ ltr: number; rtl: number }> {
  return page.evaluate(() => {
    const root = document.documentElement
    const over = (dir: string) => {
      root.dir = dir
      const bodies = document.querySelectorAll(
        'main > .overflow-y-auto, main [role=tabpanel] > div, nav, header',
      )
      return Math.max(
        root.scrollWidth - root.clientWidth,
        ...[...bodies].map((body) => body.scrollWidth - body.clientWidth),
        0,
      )
    }
    return { rtl: over('rtl'), ltr: over('ltr') }
  })
}
