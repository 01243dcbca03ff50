import { readFile } from 'node:fs/promises'

import { ADMIN, analyseAll, expect, expectAccessible, setUp, shot, test } from './harness'

const FILE = 'e2e/testdata/enquiries.csv'

test.use({ world: 'walk' })
test.describe.configure({ mode: 'serial' })

test('from an empty machine to a message ready to send', async ({ page }) => {
  await test.step('the first account is made once', async () => {
    await page.goto('/')
    await expect(page).toHaveURL(/\/setup$/)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Create account' }).click()
    await expect(page.getByText('Use at least 12 characters.')).toBeVisible()
    await setUp(page)
    await expectAccessible(page)
    await page.goto('/setup')
    await expect(page).not.toHaveURL(/\/setup$/)
  })

  await test.step('nothing there yet, and what to do next', async () => {
    await page.goto('/leads')
    await expect(page.getByRole('heading', { name: 'No leads yet' })).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('main').getByRole('link', { name: 'Import a file' }).click()
  })

  await test.step('the file is read, mapped and checked before anything is stored', async () => {
    await page.getByLabel('Choose a file').setInputFiles(FILE)
    await expect(page.getByText('enquiries.csv')).toBeVisible()
    // The file is Windows-1252 with semicolons; a wrong guess would garble the pound sign.
    await expect(page.getByRole('cell', { name: /worth £60,000/ }).last()).toBeAttached()
    await expect(page.getByLabel('Lead field: E-mail')).toHaveValue('email')
    await expect(page.getByLabel('Lead field: Post')).toHaveValue('content')
    await expect(page.getByLabel('Lead field: Company Name')).toHaveValue('company')
    await expectAccessible(page)
    await shot(page, 'import-mapping')
    await page.getByRole('button', { name: 'Check what will happen' }).click()
    const go = page.getByRole('button', { name: /^Import [\d,]+ leads?$/ })
    await expect(go).toBeVisible()
    await expectAccessible(page)
    await shot(page, 'import-check')
    await go.click()
    await expect(page.getByRole('heading', { name: 'Import finished' })).toBeVisible()
  })

  await test.step('the same file again changes nothing', async () => {
    await page.goto('/imports/new')
    await page.getByLabel('Choose a file').setInputFiles(FILE)
    await page.getByRole('button', { name: 'Check what will happen' }).click()
    await expect(page.getByText('Nothing to import.')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Import 0 leads' })).toBeDisabled()
  })

  await test.step('the cost is shown before the analysis starts', async () => {
    await page.goto('/leads')
    await page.getByRole('button', { name: 'Analyse' }).click()
    const dialog = page.getByRole('dialog', { name: 'Analyse leads' })
    await expect(dialog.getByText('free', { exact: true })).toBeVisible()
    await expectAccessible(page)
    await shot(page, 'analyse')
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await analyseAll(page)
    await expectAccessible(page)
    await shot(page, 'batch')
  })

  await test.step('the best leads stand first, each with its grade', async () => {
    await page.goto('/leads')
    const first = page.getByRole('row').nth(1)
    await expect(first).toContainText('Marta Kowalczyk')
    await expect(first).toContainText(/A\+?/)
    await expectAccessible(page)
    await shot(page, 'leads')
    const filters = page.getByRole('group', { name: 'Filters' })
    await filters.getByRole('button', { name: 'Grade' }).click()
    await page.getByRole('checkbox', { name: 'D', exact: true }).check()
    await page.keyboard.press('Escape')
    await expect(page).toHaveURL(/filter=grade\+%3D\+D/)
    await expect(page.getByRole('row', { name: /Tom Reeve/ })).toBeVisible()
    await expect(page.getByRole('row', { name: /Marta Kowalczyk/ })).toBeHidden()
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await page.getByLabel('Search leads').fill('packaging')
    await expect(page.getByRole('row', { name: /Daniel Okafor/ })).toBeVisible()
    await expect(page.getByRole('row', { name: /Marta Kowalczyk/ })).toBeHidden()
    await page.reload()
    await expect(page.getByLabel('Search leads')).toHaveValue('packaging')
    await page.getByRole('button', { name: 'Clear filters' }).click()
  })

  await test.step('a score can be taken apart', async () => {
    await page.getByRole('link', { name: 'Marta Kowalczyk' }).click()
    await expect(page.getByRole('heading', { name: 'Score' })).toBeVisible()
    const claims = page.getByRole('switch')
    await expect(claims.first()).toBeVisible()
    await expectAccessible(page)
    await shot(page, 'lead')
    // Each quote stands in the text, marked, letter for letter.
    for (const claim of await page.locator('[data-claim]').all()) {
      const key = await claim.getAttribute('data-claim')
      const quote = await claim.locator('xpath=ancestor::*[@data-quote]').locator('q').textContent()
      const marks = await page.locator(`mark[data-claims~="${key}"]`).allTextContents()
      expect(marks.join('')).toBe(quote)
    }
    await page.locator('[data-claim]').first().hover()
    await expect(page.locator('mark.outline-2').first()).toBeVisible()
    for (const each of await claims.all()) await each.click()
    await expect(page.getByText(/claims? marked as wrong/)).toBeVisible()
    await expect(page.getByText(/^was [A-D]\+?, \d+$/)).toBeVisible()
    await shot(page, 'lead-what-if')
    await page.getByRole('button', { name: 'Put back' }).click()
    await expect(page.getByText(/^was /)).toBeHidden()
    // What is found wrong is kept, for whoever comes next, until it is taken back.
    await claims.first().click()
    await page.getByLabel('Why (optional)').fill('A joke')
    await page.getByRole('button', { name: 'Save as correction' }).click()
    await expect(page.getByText(/marked 1 claim as wrong/)).toBeVisible()
    await page.reload()
    await expect(page.getByText('A joke')).toBeVisible()
    await expect(claims.first()).toBeChecked()
    await page.getByRole('button', { name: 'Take back' }).click()
    await expect(page.getByText('A joke')).toBeHidden()
    await expect(claims.first()).not.toBeChecked()
  })

  await test.step('the message is edited, and an earlier version can come back', async () => {
    const panel = page.locator('section', { has: page.getByRole('heading', { name: 'Message' }) })
    const draft = panel.getByRole('button', { name: 'Draft message' })
    await expect(draft.or(panel.getByLabel('Subject', { exact: true }))).toBeVisible()
    if (await draft.isVisible()) await draft.click()
    await expect(panel).toContainText('Marta')
    await panel.getByLabel('Subject', { exact: true }).fill('Fourteen wrong orders')
    await shot(page, 'message')
    await expect(panel.getByText('Saved', { exact: true })).toBeVisible()
    await panel.getByRole('button', { name: 'Versions' }).click()
    const dialog = page.getByRole('dialog', { name: 'Versions' })
    await expect(dialog.getByRole('group', { name: 'What changed' })).toContainText('Fourteen')
    await expectAccessible(page)
    await page.keyboard.press('Escape')
  })

  await test.step('a field is mended in place, and the change taken back', async () => {
    const title = page.getByRole('button', { name: /^Edit Title/ })
    await title.click()
    await page.getByLabel('Title', { exact: true }).fill('Managing owner')
    await page.keyboard.press('Enter')
    await expect(title).toContainText('Managing owner')
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await expect(title).toContainText('Owner')
  })

  await test.step('what the list shows can be taken away', async () => {
    await page.goto('/leads?grade=A%2B&grade=A')
    await page.getByRole('button', { name: 'Export' }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: /CSV/ }).click(),
    ])
    const text = await readFile(await download.path(), 'utf8')
    expect(text).toContain('Marta')
    expect(text).not.toContain('Tom Reeve')
  })

  await test.step('home sums it up', async () => {
    await page.goto('/')
    await expect(page.getByRole('heading', { name: 'Grades' })).toBeVisible()
    await expectAccessible(page)
  })
})

test('signing out and in again', async ({ page }) => {
  await page.goto('/leads')
  await expect(page).toHaveURL(/\/login\?next=/)
  await expectAccessible(page)
  await page.getByLabel('E-mail').fill(ADMIN.email)
  await page.getByLabel('Password', { exact: true }).fill('not the password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await page.getByLabel('Password', { exact: true }).fill(ADMIN.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(/\/leads$/)
  await page.getByRole('button', { name: `Account of ${ADMIN.name}` }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/login/)
  await page.goto('/leads')
  await expect(page).toHaveURL(/\/login/)
})
