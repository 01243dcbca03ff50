import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, expect, type Page, test as base } from '@playwright/test'

import { type Server, startServer } from './server'

/** What a page must never do; anything caught here fails the test. */
interface Watch {
  dialogs: string[]
  violations: string[]
  foreign: string[]
  crashes: string[]
}

export const ADMIN = {
  name: 'Robin Vale',
  email: 'robin@example.com',
  password: 'plain words work well',
}

interface Worker {
  /** Names a world of its own: tests with another name get another, empty server. */
  world: string
  server: Server
}

/**
 * Tests against the real program. Every page is watched: no dialog, no breach
 * of the content security policy, no request to another site, no script fault.
 */
export const test = base.extend<{ watch: Watch }, Worker>({
  world: ['main', { option: true, scope: 'worker' }],
  server: [
    async ({ world }, use) => {
      const server = await startServer({}, undefined, world)
      await use(server)
      await server.stop()
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ server }, use) => {
    await use(server.url)
  },
  watch: [
    async ({ page, server }, use) => {
      const watch: Watch = { dialogs: [], violations: [], foreign: [], crashes: [] }
      await observe(page, [server.url], watch)
      await use(watch)
      expect(watch).toEqual({ dialogs: [], violations: [], foreign: [], crashes: [] })
    },
    { auto: true },
  ],
})

export { expect }

/** Notes everything a page does that it must not; `own` are the sites it may talk to. */
export async function observe(page: Page, own: readonly string[], watch: Watch): Promise<void> {
  const hosts = new Set(own.map((url) => new URL(url).host))
  page.on('dialog', (dialog) => {
    watch.dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  page.on('pageerror', (error) => watch.crashes.push(error.message))
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol === 'data:' || url.protocol === 'blob:') return
    if (!hosts.has(url.host)) watch.foreign.push(request.url())
  })
  await page.exposeFunction('reportViolation', (what: string) => void watch.violations.push(what))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report = (window as unknown as { reportViolation: (what: string) => void })
        .reportViolation
      report(
        `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`,
      )
    })
  })
}

/** Creates the first account through the page that is there for it. */
export async function setUp(page: Page): Promise<void> {
  await page.goto('/')
  await expect(page).toHaveURL(/\/setup$/)
  await page.getByLabel('Your name').fill(ADMIN.name)
  await page.getByLabel('E-mail').fill(ADMIN.email)
  await page.getByLabel('Password', { exact: true }).fill(ADMIN.password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible()
}

export interface Person {
  name: string
  email: string
  password: string
}

/** Signs somebody in through the page, and waits until they are home. */
export async function signIn(page: Page, who: Person = ADMIN): Promise<void> {
  await page.goto('/login')
  await page.getByLabel('E-mail').fill(who.email)
  await page.getByLabel('Password', { exact: true }).fill(who.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible()
}

/** Invites somebody on the page of people, and lets them join in a browser of their own. */
export async function join(
  page: Page,
  browser: Browser,
  who: Person & { role: 'viewer' | 'user' | 'admin' },
): Promise<Page> {
  await page.goto('/settings/people')
  await page.getByRole('button', { name: 'Invite' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('E-mail').fill(who.email)
  await dialog.getByLabel('Role').selectOption(who.role)
  await dialog.getByRole('button', { name: 'Invite' }).click()
  const link = await dialog.getByLabel('Invite somebody').inputValue()
  const guest = await (await browser.newContext({ baseURL: new URL(link).origin })).newPage()
  await guest.goto(link)
  await guest.getByLabel('Your name').fill(who.name)
  await guest.getByLabel('Password', { exact: true }).fill(who.password)
  await guest.getByRole('button', { name: 'Join' }).click()
  await expect(guest.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible()
  return guest
}

/** Imports a file through the pages, from the drop zone to the finished import. */
export async function importFile(page: Page, path: string): Promise<void> {
  await page.goto('/imports/new')
  await page.getByLabel('Choose a file').setInputFiles(path)
  await page.getByRole('button', { name: 'Check what will happen' }).click()
  await page.getByRole('button', { name: /^Import [\d,]+ leads?$/ }).click()
  await expect(page.getByRole('heading', { name: 'Import finished' })).toBeVisible()
}

/** Analyses every lead with the built-in rules and waits for the end. */
export async function analyseAll(page: Page): Promise<void> {
  await page.goto('/leads')
  await page.getByRole('button', { name: 'Analyse' }).click()
  await page.getByRole('button', { name: /^Analyse [\d,]+ lead/ }).click()
  await expect(page).toHaveURL(/\/batches\//)
  await expect(page.getByRole('main').getByText('Finished', { exact: true })).toBeVisible({
    timeout: 30_000,
  })
}

/** No serious or critical accessibility fault on the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  // what still fades in has not its own colours yet
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((each) => each.effect?.getComputedTiming().endTime !== Infinity)
        .map((each) => each.finished),
    ),
  )
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    // No page has frames; without them axe needs no second page for each look.
    .setLegacyMode()
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)
  expect(serious).toEqual([])
}

const SHOTS = process.env.SHOTS === '1'

/** Keeps a picture for the docs when SHOTS=1; otherwise does nothing. */
export async function shot(page: Page, name: string): Promise<void> {
  if (!SHOTS) return
  await page.mouse.move(0, 0)
  await page.screenshot({ path: `../docs/images/${name}.png`, animations: 'disabled' })
}
