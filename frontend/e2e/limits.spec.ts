import { type APIRequestContext, type Page } from '@playwright/test'

import { expect, expectAccessible, test } from './harness'
import { runsOver, settled } from './pages'
import { enter, firstAccount, leadOf } from './seed'

test.use({ world: 'limits' })
test.describe.configure({ mode: 'serial' })

const HEAD = 'Name,Company,E-mail,Post'

let admin: APIRequestContext

test.beforeAll(async ({ server }) => {
  admin = await firstAccount(server.url)
})

test.beforeEach(({ context }) => enter(context, admin))

async function choose(page: Page, name: string, text: string): Promise<void> {
  await page.goto('/imports/new')
  await page
    .getByLabel('Choose a file')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
}

test('a file without a row, and one with a single one', async ({ page }) => {
  await choose(page, 'none.csv', HEAD)
  const nothing = page.getByRole('main').getByRole('alert').or(page.getByText('0 rows'))
  await expect(nothing.first()).toBeVisible()
  await expectAccessible(page)
  await choose(page, 'one.csv', `${HEAD}\nIda Single,Single Ltd,ida@single.example,We lose orders.`)
  await page.getByRole('button', { name: 'Check what will happen' }).click()
  await page.getByRole('button', { name: 'Import 1 lead', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Import finished' })).toBeVisible()
  await page.goto('/leads')
  await expect(page.getByRole('row', { name: /Ida Single/ })).toBeVisible()
  await expect(page.getByRole('grid', { name: 'Leads' })).toHaveAttribute('aria-rowcount', '2')
})

test('a file of 1,000 columns is mapped and brought in', async ({ page }) => {
  const more = Array.from({ length: 996 }, (_, i) => i)
  await choose(
    page,
    'wide.csv',
    [
      [HEAD, ...more.map((i) => `Field ${i}`)].join(','),
      ['Ove Wide', 'Wide Ltd', 'ove@wide.example', 'Text', ...more.map((i) => `v${i}`)].join(','),
    ].join('\n'),
  )
  await expect(page.getByLabel('Lead field: E-mail')).toHaveValue('email')
  await settled(page)
  expect(await runsOver(page)).toEqual({ ltr: 0, rtl: 0 })
  const check = page.getByRole('button', { name: 'Check what will happen' })
  const pressed = Date.now()
  await check.click()
  await page.getByRole('button', { name: 'Import 1 lead', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Import finished' })).toBeVisible()
  // Slow is allowed, standing still is not.
  expect(Date.now() - pressed).toBeLessThan(20_000)
  await page.goto(`/leads/${await leadOf(admin, 'Ove Wide')}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Ove Wide/)
})

test('a text of 10 MB is refused with its reason; the longest that is taken is shown at once', async ({
  page,
}) => {
  const row = (bytes: number) => {
    const said = 'We lose orders every week. '
    return `${HEAD}\nAbe Long,Long Ltd,abe@long.example,"${said.repeat(bytes / said.length)}"`
  }
  await choose(page, 'too-long.csv', row(10_500_000))
  await page.getByRole('button', { name: 'Check what will happen' }).click()
  await expect(page.getByText(/this cell holds more than 1 MB/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Import 0 leads' })).toBeDisabled()
  await choose(page, 'long.csv', row(1_000_000))
  await page.getByRole('button', { name: 'Check what will happen' }).click()
  await page.getByRole('button', { name: 'Import 1 lead', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Import finished' })).toBeVisible()
  await page.goto(`/leads/${await leadOf(admin, 'Abe Long')}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Abe Long/)
  await settled(page)
  expect(await runsOver(page)).toEqual({ ltr: 0, rtl: 0 })
  // The page still answers at once to what is pressed.
  const took = await page.evaluate(
    () =>
      new Promise<number>((done) => {
        const start = performance.now()
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)))
      }),
  )
  expect(took).toBeLessThan(1000)
})

test('a name of 300 letters, of emoji, and from right to left keeps its place', async ({
  page,
}) => {
  const names = ['N'.repeat(300), '🧑🏽‍🚀🏳️‍🌈 Zoë 🇮🇳', 'ياسمين עברית']
  await choose(
    page,
    'names.csv',
    [HEAD, ...names.map((name, i) => `${name},Co ${i},n${i}@names.example,Text`)].join('\n'),
  )
  await page.getByRole('button', { name: 'Check what will happen' }).click()
  await page.getByRole('button', { name: 'Import 3 leads', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Import finished' })).toBeVisible()
  for (const name of names) {
    await page.goto(`/leads?q=${encodeURIComponent(name.slice(0, 40))}`)
    const link = page.getByRole('link', { name, exact: true })
    await expect(link).toBeVisible()
    expect(await runsOver(page), name).toEqual({ ltr: 0, rtl: 0 })
    // Its cell shows the beginning.
    await link.click({ position: { x: 8, y: 8 } })
    await expect(page.getByRole('heading', { level: 1 })).toContainText(name)
    expect(await runsOver(page), name).toEqual({ ltr: 0, rtl: 0 })
  }
})
