import { readFile } from 'node:fs/promises'

import type { Page } from '@playwright/test'

import { ADMIN, expect, expectAccessible, test } from './harness'
import { call, enter, firstAccount, leadOf, signedIn } from './seed'

test.use({ world: 'people' })
test.describe.configure({ mode: 'serial' })

/** Counts what the page sends that changes something, by its method and the end of its path. */
function countSent(page: Page, method: string, path: RegExp): () => number {
  let sent = 0
  page.on('request', (request) => {
    if (request.method() === method && path.test(new URL(request.url()).pathname)) sent++
  })
  return () => sent
}

/** Presses Tab until what is wanted has the focus; it has to be reachable. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const at = document.activeElement
      const label = at instanceof HTMLInputElement ? at.labels?.[0]?.textContent : null
      return at?.getAttribute('aria-label') ?? label ?? at?.textContent ?? ''
    })
    if (name.test(focused.trim())) return
  }
  throw new Error(`Tab does not reach ${name}`)
}

test('one press too many changes nothing twice; Back in the import keeps the file', async ({
  page,
  server,
}) => {
  await enter(page.context(), await firstAccount(server.url))
  const starts = countSent(page, 'POST', /\/imports\/[^/]+\/run$/)
  await page.goto('/imports/new')
  await page.getByLabel('Choose a file').setInputFiles('e2e/testdata/enquiries.csv')
  await page.getByRole('button', { name: 'Check what will happen' }).click()
  const go = page.getByRole('button', { name: /^Import [\d,]+ leads?$/ })
  await expect(go).toBeVisible()
  await page.goBack()
  await expect(page.getByLabel('Lead field: E-mail')).toHaveValue('email')
  await page.goBack()
  await expect(page.getByLabel('Choose a file')).toBeAttached()
  await page.goForward()
  await page.getByRole('button', { name: 'Check what will happen' }).click()
  await go.dblclick()
  await expect(page.getByRole('heading', { name: 'Import finished' })).toBeVisible()
  expect(starts()).toBe(1)

  const batches = countSent(page, 'POST', /\/leads\/batch-analyze$/)
  await page.goto('/leads')
  await page.getByRole('button', { name: 'Analyse' }).click()
  await page.getByRole('button', { name: /^Analyse [\d,]+ lead/ }).dblclick()
  await expect(page).toHaveURL(/\/batches\//)
  await expect(page.getByRole('main').getByText('Finished', { exact: true })).toBeVisible()
  expect(batches()).toBe(1)

  const corrections = countSent(page, 'PUT', /\/correction$/)
  await page.goto('/leads')
  await page.getByRole('link', { name: 'Marta Kowalczyk' }).click()
  await page.getByRole('switch').first().click()
  await page.getByRole('button', { name: 'Save as correction' }).dblclick()
  await expect(page.getByText(/marked 1 claim as wrong/)).toBeVisible()
  expect(corrections()).toBe(1)
})

test('from signing in to a lead and back by keyboard alone', async ({ page }) => {
  await page.goto('/login')
  await expect(page.getByLabel('E-mail')).toBeVisible()
  await page.getByLabel('E-mail').focus()
  await page.keyboard.type(ADMIN.email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(ADMIN.password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible()
  await tabTo(page, /^Leads$/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('row', { name: /Marta Kowalczyk/ })).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  const heading = page.getByRole('heading', { level: 1 })
  await expect(heading).toHaveText(/Marta Kowalczyk/)
  await expect(page.getByRole('switch').first()).toBeVisible()
  const shown = page.getByText(/^Claim 1 of \d+/)
  await page.keyboard.press('n')
  await expect(shown).toBeAttached()
  await page.keyboard.press('p')
  await page.keyboard.press('j')
  await expect(heading).not.toHaveText(/Marta Kowalczyk/)
  await page.keyboard.press('k')
  await expect(heading).toHaveText(/Marta Kowalczyk/)
  await page.keyboard.press('u')
  await expect(page).toHaveURL(/\/leads$/)
  await expect(page.getByRole('grid', { name: 'Leads' })).toBeVisible()
})

test('a file comes in, is analysed, and leaves again by keyboard alone', async ({
  page,
  server,
}) => {
  await enter(page.context(), await signedIn(server.url))
  await page.goto('/imports')
  await expect(page.getByRole('main').getByText('enquiries.csv').first()).toBeVisible()
  await tabTo(page, /^Import/)
  while (!(await onMain(page))) await tabTo(page, /^Import/)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/imports\/new$/)
  const asked = page.waitForEvent('filechooser')
  await tabTo(page, /^Choose a file/)
  await page.keyboard.press('Enter')
  await (
    await asked
  ).setFiles({
    name: 'by-keys.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('Name,Company,E-mail\nIda Keys,Keys Ltd,ida@keys.example'),
  })
  await expect(page.getByText('by-keys.csv')).toBeVisible()
  await tabTo(page, /^Check what will happen/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Import 1 lead', exact: true })).toBeVisible()
  await tabTo(page, /^Import 1 lead$/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Import finished' })).toBeVisible()

  await page.keyboard.press('g')
  await page.keyboard.press('l')
  await expect(page.getByRole('row', { name: /Ida Keys/ })).toBeVisible()
  await tabTo(page, /^Analyse$/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Analyse leads' })).toBeVisible()
  await tabTo(page, /^Analyse [\d,]+ lead/)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/batches\//)
  await expect(page.getByRole('main').getByText('Finished', { exact: true })).toBeVisible()

  await page.keyboard.press('g')
  await page.keyboard.press('l')
  await expect(page.getByRole('row', { name: /Ida Keys/ })).toBeVisible()
  await tabTo(page, /^Export$/)
  await page.keyboard.press('Enter')
  const csv = page.getByRole('menuitem', { name: /CSV/ })
  await expect(csv).toBeVisible()
  await expect(async () => {
    await page.keyboard.press('ArrowDown')
    await expect(csv).toBeFocused({ timeout: 200 })
  }).toPass({ intervals: [50] })
  const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
  expect(await readFile(await file.path(), 'utf8')).toContain('Ida Keys')
})

/** Whether the focus is in the page itself, not in the rail beside it. */
function onMain(page: Page): Promise<boolean> {
  return page.evaluate(() => !!document.activeElement?.closest('main'))
}

test('two people change one field: the second sees both values', async ({ page, server }) => {
  const api = await signedIn(server.url)
  await enter(page.context(), api)
  const lead = await leadOf(api, 'Marta Kowalczyk')
  await page.goto(`/leads/${lead}`)
  const title = page.getByRole('button', { name: /^Edit Title/ })
  await title.click()
  await page.getByLabel('Title', { exact: true }).fill('Mine')
  // The other is faster; this page's older version meets the newer one when it saves.
  const { version } = (await call(api, 'GET', `/leads/${lead}`)) as unknown as { version: number }
  const theirs = { title: 'Theirs first' }
  await call(api, 'PUT', `/leads/${lead}`, theirs, { 'If-Match': `"${version}"` })
  await page.getByLabel('Title', { exact: true }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Somebody else changed this too' })
  await expect(dialog.getByText('Mine', { exact: true })).toBeVisible()
  await expect(dialog.getByText('Theirs first', { exact: true })).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Keep mine' }).click()
  await expect(dialog).toBeHidden()
  await expect
    .poll(async () => ((await call(api, 'GET', `/leads/${lead}`)) as { title?: string }).title)
    .toBe('Mine')
})
