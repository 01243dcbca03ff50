import { type APIRequestContext, type Page } from '@playwright/test'

import { expect, expectAccessible, test } from './harness'
import { enter, firstAccount } from './seed'

test.use({ world: 'wizard' })
// The later tests go on from the profile that the first one has saved.
test.describe.configure({ mode: 'serial' })

const next = (page: Page) => page.getByRole('button', { name: 'Next' })
const preview = (page: Page) => page.getByRole('region', { name: 'How leads would be graded' })

let admin: APIRequestContext

test('the profile is set up with questions, with a preview and nothing lost', async ({
  page,
  server,
}) => {
  admin = await firstAccount(server.url)
  await enter(page.context(), admin)
  await page.goto('/')

  await test.step('Home leads to it, and the gallery says what each template is for', async () => {
    await page.getByRole('link', { name: 'Say what you sell' }).click()
    await expect(page).toHaveURL(/\/profile\/wizard$/)
    await expect(page.getByRole('button', { name: /^Selling to retailers/ })).toContainText(
      'Sold to: fashion',
    )
    await expectAccessible(page)
  })

  await test.step('a template brings its answers but not its invented company', async () => {
    await page.getByRole('button', { name: /^Selling to manufacturers/ }).click()
    await expect(page.getByLabel('What do you sell?')).toHaveValue(
      'order and inventory management software',
    )
    await expect(preview(page).getByRole('listitem')).toHaveCount(10)
    await expect(preview(page)).toContainText('invented sample leads')
    await expect(preview(page).getByText('Gareth Pellow')).toBeVisible()
  })

  await test.step('Back, the browser’s back and a reload keep what was typed', async () => {
    await page.getByLabel('What do you sell?').fill('stock software')
    await next(page).click()
    await expect(page.getByRole('heading', { name: 'To whom' })).toBeFocused()
    await page.getByLabel('Where do you sell?').fill('Atlantis')
    await page.reload()
    await expect(page.getByLabel('Where do you sell?')).toHaveValue('Atlantis')
    await page.goBack()
    await expect(page.getByLabel('What do you sell?')).toHaveValue('stock software')
    await page.goForward()
    await expect(page.getByLabel('Where do you sell?')).toHaveValue('Atlantis')
  })

  await test.step('the preview follows: leads from elsewhere fall out', async () => {
    const told = preview(page).getByRole('status')
    await expect(told).toHaveText(/^\d+ of 10 qualified$/)
    const before = await told.textContent()
    await page.getByLabel('Where do you sell?').fill('India\nUnited States\nUnited Kingdom')
    await expect(told).not.toHaveText(before!)
    await expect(told).toHaveText(/^[1-9]\d? of 10 qualified$/)
  })

  await test.step('faults stand at their fields and hold the step back', async () => {
    await page.getByLabel('Who decides about buying?').fill('')
    await page.getByLabel('Fewest employees').fill('500')
    await page.getByLabel('Most employees').fill('10')
    await next(page).click()
    await expect(page.getByText('Give at least one.')).toBeVisible()
    await expect(page.getByLabel('Who decides about buying?')).toHaveAttribute(
      'aria-invalid',
      'true',
    )
    await expect(page).toHaveURL(/audience$/)
    await page.getByLabel('Who decides about buying?').fill('owner\nmanaging director')
    await expect(page.getByText(/less than min_employees/)).toBeVisible()
    await page.getByLabel('Most employees').fill('900')
    await expect(page.getByText(/less than min_employees/)).toBeHidden()
  })

  await test.step('a double click on Next is one step', async () => {
    await next(page).dblclick()
    await expect(page.getByRole('heading', { name: 'Pains you solve' })).toBeVisible()
    await expect(page).toHaveURL(/pains$/)
  })

  await test.step('a pain is added, one is removed and brought back', async () => {
    await page.getByRole('button', { name: 'Add a pain' }).click()
    await next(page).click()
    await expect(page.getByText('Fill this in.')).toBeVisible()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Lost barcodes')
    await page.getByRole('textbox', { name: 'Words people use for it' }).fill('labels fall off')
    await expect(page.getByText('Fill this in.')).toBeHidden()
    const chaos = page.locator('summary', { hasText: 'Order chaos' })
    await chaos.click()
    await page.getByRole('button', { name: 'Remove “Order chaos”' }).click()
    await expect(chaos).toBeHidden()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(chaos).toBeVisible()
    await expectAccessible(page)
    await next(page).click()
  })

  await test.step('a busy server is said in place, and nothing is lost', async () => {
    await page.getByLabel('Who are your competitors?').fill('Palletrix')
    await page.route('**/profile/validate', (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: JSON.stringify({ status: 503, code: 'busy', detail: 'The server is busy.' }),
      }),
    )
    await next(page).click()
    await expect(page.getByText('The server is busy.').first()).toBeVisible()
    await page.unroute('**/profile/validate')
    await next(page).click()
    await expect(page.getByRole('heading', { name: 'Your company' })).toBeVisible()
  })

  await test.step('a name is needed; markup stays text', async () => {
    await next(page).click()
    await expect(page.getByLabel('What is your company called?')).toBeFocused()
    await page.getByLabel('What is your company called?').fill('<b>Nord</b> & Söhne')
    await page.getByLabel('Website').fill('nord.example')
    await page.keyboard.press('Enter')
    await expect(page.getByText(/not a web address/)).toBeVisible()
    await page.getByLabel('Website').fill('https://nord.example')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Review' })).toBeVisible()
  })

  await test.step('the review is the form; saving twice makes one version', async () => {
    await expect(page.getByLabel('Name', { exact: true }).first()).toHaveValue(
      '<b>Nord</b> & Söhne',
    )
    await expect(page.getByLabel('Description').first()).toHaveValue('')
    await page.getByRole('button', { name: 'Save the profile' }).dblclick()
    await expect(page.getByText('Saved as version 2')).toBeVisible()
    await expectAccessible(page)
    const { set } = (await (await page.request.get('/api/v1/profile')).json()) as {
      set: { version: number; company: object; pain_points: { pain_points: { id: string }[] } }
    }
    expect(set).toMatchObject({
      version: 2,
      company: {
        name: '<b>Nord</b> & Söhne',
        category: 'stock software',
        competitors: ['Palletrix'],
        website: 'https://nord.example',
      },
    })
    expect(set.pain_points.pain_points.map(({ id }) => id)).toContain('lost-barcodes')
    expect(JSON.stringify(set)).not.toContain('stockline')
    await page.getByRole('link', { name: 'Import leads' }).click()
    await expect(page).toHaveURL(/imports\/new$/)
  })
})

test('from nothing, by keyboard, on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await enter(page.context(), admin)
  await page.goto('/profile/wizard')
  await page.getByRole('button', { name: /^Start from plain questions/ }).press('Enter')
  await expect(page.getByRole('heading', { name: 'What you sell' })).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.type('till software')
  await page.keyboard.press('Tab')
  await page.keyboard.type('One till for all shops.')
  await expect(preview(page)).toContainText('The preview starts once these are answered')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(next(page)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'To whom' })).toBeFocused()
  await expectAccessible(page)
  await page.goto('/profile/wizard')
  await expect(page.getByText('You were in the middle of this.')).toBeVisible()
})

test('faults of the profile’s form stand at their fields', async ({ page }) => {
  await enter(page.context(), admin)
  await page.goto('/profile')
  const region = page.getByLabel('Default region')
  await region.fill('germany')
  await expect(region).toHaveAttribute('aria-invalid', 'true')
  await expect(
    page.locator(`[id="${await region.getAttribute('aria-describedby')}"]`),
  ).toContainText('country code')
  await region.fill('DE')
  await expect(region).not.toHaveAttribute('aria-invalid', 'true')
})

test('⌘Z in the YAML editor takes back what was typed, not what a toast offers', async ({
  page,
}) => {
  await enter(page.context(), admin)
  await page.goto('/profile')
  await page.getByLabel('Website').fill('https://other.example')
  await expect(page.getByText('No faults')).toBeVisible()
  await page.getByRole('button', { name: 'Save profile' }).click()
  await expect(page.getByText('Saved as version 3', { exact: true })).toBeVisible()
  const editor = page.getByLabel('Company document, YAML')
  await editor.click()
  await page.keyboard.press('Control+End')
  await page.keyboard.insertText('# note')
  await page.keyboard.press('Control+z')
  await expect(editor).not.toContainText('# note')
  await page.locator('.cm-gutters').click()
  await page.keyboard.press('Control+z')
  await expect(page.getByText('version 3', { exact: true })).toBeVisible()
})

test('each page leads to its help, which holds what it links to', async ({ page }) => {
  await enter(page.context(), admin)
  await page.goto('/imports')
  const [help] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: /^Learn more/ }).click(),
  ])
  await expect(help).toHaveURL(/\/help\/import$/)
  await expect(help.getByRole('heading', { name: 'Bringing files in' })).toBeVisible()
  await expectAccessible(help)
  await help.getByRole('searchbox', { name: 'Search help' }).fill('saved views')
  await help.getByRole('link', { name: 'Saved views' }).click()
  await expect(help).toHaveURL(/\/help\/filters#saved-views$/)
  await expect(help.getByRole('heading', { name: 'Saved views' })).toBeInViewport()
  await help.goto('/help/getting-started')
  const picture = help.locator('main img').first()
  await picture.scrollIntoViewIfNeeded()
  await expect
    .poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth))
    .toBeGreaterThan(100)
})
