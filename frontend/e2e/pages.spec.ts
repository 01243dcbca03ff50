import { type Cookie, type Page } from '@playwright/test'

import { expect, expectAccessible, test } from './harness'
import {
  changeTheme,
  everyPage,
  runsOver,
  settled,
  STRANGERS,
  type Things,
  useTheme,
} from './pages'
import { analyse, enter, firstAccount, importEnquiries, leadOf } from './seed'

test.use({ world: 'pages' })
test.describe.configure({ mode: 'serial' })

/** A phone, 1280 px at 200 %, a laptop, a desk, a wide desk. */
const WIDTHS = [390, 640, 1280, 1920, 2560]
/** They have an arrangement of their own on a phone. */
const PHONE = new Set(['home', 'leads', 'lead', 'import-new', 'profile'])

let things: Things
let cookies: Cookie[] = []

async function expectBothThemes(page: Page): Promise<void> {
  await expectAccessible(page)
  await changeTheme(page, 'dark')
  await expectAccessible(page)
}

test('what strangers see is accessible in both themes', async ({ page, context, server }) => {
  // Once as people choose it, so that the switch below is known to do the same.
  for (const theme of ['light', 'dark'] as const) {
    await useTheme(page, theme)
    await page.goto('/setup')
    await settled(page)
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    await expectAccessible(page)
  }
  await useTheme(page, 'light')
  const api = await firstAccount(server.url)
  for (const [name, path] of STRANGERS) {
    await page.goto(path)
    await settled(page)
    expect(await runsOver(page), name).toEqual({ ltr: 0, rtl: 0 })
    await expectBothThemes(page)
  }
  things = {
    import: await importEnquiries(api),
    batch: await analyse(api),
    lead: await leadOf(api, 'Marta Kowalczyk'),
  }
  await enter(context, api)
  cookies = await context.cookies()
})

test('every page is accessible in both themes, on a desk and a phone, and fits from either side', async ({
  page,
  context,
}) => {
  test.slow()
  await context.addCookies(cookies)
  await useTheme(page, 'light')
  for (const [name, path] of everyPage(things)) {
    await test.step(name, async () => {
      await page.setViewportSize({ width: 1280, height: 800 })
      await page.goto(path)
      await settled(page)
      await expectBothThemes(page)
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 844 })
        expect(await runsOver(page), `${name} at ${width} px`).toEqual({ ltr: 0, rtl: 0 })
        if (width !== 390 || !PHONE.has(name)) continue
        await settled(page)
        await expectAccessible(page)
      }
    })
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
