import { type Cookie } from '@playwright/test'

import { expect, expectAccessible, test } from './harness'
import { everyPage, runsOver, settled, STRANGERS, type Things, useTheme } from './pages'
import { analyse, enter, firstAccount, importEnquiries, leadOf } from './seed'

test.use({ world: 'pages' })
test.describe.configure({ mode: 'serial' })

const THEMES = ['light', 'dark'] as const
/** A phone, 1280 px at 200 %, a laptop, a desk, a wide desk. */
const WIDTHS = [390, 640, 1280, 1920, 2560]

let things: Things
let cookies: Cookie[] = []

test('what strangers see is accessible in both themes', async ({ page, context, server }) => {
  for (const theme of THEMES) {
    await useTheme(page, theme)
    await page.goto('/setup')
    await settled(page)
    await expectAccessible(page)
  }
  const api = await firstAccount(server.url)
  for (const theme of THEMES) {
    await useTheme(page, theme)
    for (const [name, path] of STRANGERS) {
      await page.goto(path)
      await settled(page)
      await expectAccessible(page)
      expect(await runsOver(page), name).toBeLessThanOrEqual(0)
    }
  }
  things = {
    import: await importEnquiries(api),
    batch: await analyse(api),
    lead: await leadOf(api, 'Marta Kowalczyk'),
  }
  await enter(context, api)
  cookies = await context.cookies()
})

for (const theme of THEMES) {
  test(`every page is accessible and fits, from either side, ${theme}`, async ({
    page,
    context,
  }) => {
    test.slow()
    await context.addCookies(cookies)
    await useTheme(page, theme)
    for (const [name, path] of everyPage(things)) {
      await page.setViewportSize({ width: 1280, height: 800 })
      await page.goto(path)
      await settled(page)
      await expectAccessible(page)
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 844 })
        for (const dir of ['ltr', 'rtl']) {
          await page.evaluate((next) => (document.documentElement.dir = next), dir)
          expect(await runsOver(page), `${name} at ${width} px, ${dir}`).toBeLessThanOrEqual(0)
        }
      }
    }
  })
}

test('the phone has its own arrangement, accessible too', async ({ page, context }) => {
  await context.addCookies(cookies)
  await useTheme(page, 'dark')
  await page.setViewportSize({ width: 390, height: 844 })
  for (const [name, path] of everyPage(things)) {
    if (!['home', 'leads', 'lead', 'import-new', 'profile'].includes(name)) continue
    await page.goto(path)
    await settled(page)
    await expectAccessible(page)
  }
})

test('nothing moves for those who asked for that', async ({ page, context }) => {
  await context.addCookies(cookies)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto('/leads')
  await settled(page)
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  const moving = await page.evaluate(() =>
    document
      .getAnimations()
      .map((each) => Number(each.effect?.getComputedTiming().activeDuration))
      .filter((ms) => ms > 1),
  )
  expect(moving).toEqual([])
})
