import { expect, test } from './harness'
import { apiOf, enter, firstAccount, importText } from './seed'

test.use({ world: 'workspace' })

test('samples, profile, keys, people and sessions', async ({ page, browser, server }) => {
  const api = await firstAccount(server.url)
  await enter(page.context(), api)
  await page.goto('/')

  await test.step('sample leads are one press away, labelled, and can be taken back', async () => {
    await page.getByRole('button', { name: 'Try with sample leads' }).click()
    await expect(page.getByText('Ten sample leads added', { exact: true })).toBeVisible()
    await page.goto('/leads?source=sample')
    await expect(page.getByRole('row')).toHaveCount(11)
  })

  await test.step('a long list comes in pieces as it is scrolled; keys move and select', async () => {
    const rows = Array.from(
      { length: 240 },
      (_, i) => `Person ${i},Works ${i} Ltd,p${i}@works.example`,
    )
    await importText(api, 'long.csv', ['Name,Company,E-mail', ...rows].join('\n'))
    await page.goto('/leads?sort=name')
    const table = page.getByRole('grid', { name: 'Leads' })
    await expect(table).toHaveAttribute('aria-rowcount', '251')
    await table.hover()
    await expect(async () => {
      await page.mouse.wheel(0, 4000)
      await expect(page.locator('[role="row"][aria-rowindex="251"]')).toBeVisible({ timeout: 300 })
    }).toPass({ intervals: [50] })
    // Only what is in view is in the page.
    expect(await page.getByRole('row').count()).toBeLessThan(80)
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('Shift+X')
    await expect(page.getByText('3 leads selected')).toBeVisible()
    await page
      .getByRole('region', { name: 'Selected leads' })
      .getByRole('button', { name: 'Delete' })
      .click()
    await page.getByRole('button', { name: 'Delete 3 leads' }).click()
    await expect(table).toHaveAttribute('aria-rowcount', '248')
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(table).toHaveAttribute('aria-rowcount', '251')
  })

  await test.step('a fault in the profile is shown at its line and cannot be saved', async () => {
    await page.goto('/profile')
    const editor = page.getByLabel('Company document, YAML')
    await editor.click()
    await page.keyboard.press('Control+End')
    await page.keyboard.insertText('\nno_such_key: 1')
    await expect(page.getByText('1 fault', { exact: true })).toBeVisible()
    await expect(page.getByRole('button', { name: /^Line \d+\b/ })).toBeVisible()
    const line = await page.locator('.cm-lineNumbers .cm-gutterElement').last().textContent()
    await expect(page.getByRole('button', { name: new RegExp(`^Line ${line}\\b`) })).toBeVisible()
    await page.getByRole('button', { name: 'Save profile' }).click()
    await expect(page.getByRole('alert')).toBeVisible()
    await editor.click()
    await page.keyboard.press('Control+End')
    await page.keyboard.press('Shift+Home')
    await page.keyboard.press('Backspace')
    await expect(page.getByText('No faults')).toBeVisible()
    await page.getByLabel('Name', { exact: true }).first().fill('Harbour Stock')
    await expect(page.getByText('No faults')).toBeVisible()
    await page.getByRole('button', { name: 'Save profile' }).click()
    await expect(page.getByText('version 2', { exact: true })).toBeVisible()
  })

  await test.step('an API key is shown once, works, and ends when revoked', async () => {
    await page.goto('/settings/keys')
    await page.getByRole('button', { name: 'Create key' }).click()
    const dialog = page.getByRole('dialog', { name: 'Create key' })
    await expect(dialog.getByLabel('Read leads')).toBeChecked()
    await dialog.getByLabel('Name').fill('Website form')
    await dialog.getByRole('button', { name: 'Create key' }).click()
    const key = await dialog.getByLabel('Key', { exact: true }).inputValue()
    const call = () =>
      fetch(`${server.url}/api/v1/leads`, { headers: { Authorization: `Bearer ${key}` } })
    expect((await call()).status).toBe(200)
    await dialog.getByRole('button', { name: 'I have copied it' }).click()
    await page.reload()
    await expect(page.getByText('Website form')).toBeVisible()
    expect(await page.content()).not.toContain(key)
    await page.getByRole('button', { name: 'Revoke' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await expect(page.getByRole('heading', { name: 'No API keys' })).toBeVisible()
    expect((await call()).status).toBe(401)
  })

  await test.step('an invited viewer reads and is offered nothing that would be refused', async () => {
    await page.goto('/settings/people')
    await page.getByRole('button', { name: 'Invite' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('E-mail').fill('lou@example.com')
    await dialog.getByLabel('Role').selectOption('viewer')
    await dialog.getByRole('button', { name: 'Invite' }).click()
    const link = await dialog.getByLabel('Invite somebody').inputValue()
    const guest = await (await browser.newContext()).newPage()
    await guest.goto(link)
    await guest.getByLabel('Your name').fill('Lou Berg')
    await guest.getByLabel('Password', { exact: true }).fill('another few words')
    await guest.getByRole('button', { name: 'Join' }).click()
    await expect(guest.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible()
    await guest.goto(`${server.url}/leads`)
    await expect(guest.getByRole('button', { name: 'Export' })).toBeVisible()
    await expect(guest.getByRole('link', { name: 'Import', exact: true })).toHaveCount(0)
    await expect(guest.getByRole('button', { name: 'Analyse' })).toHaveCount(0)
    await guest.goto(`${server.url}/profile`)
    await expect(guest.getByLabel('Company document, YAML')).toHaveAttribute(
      'aria-readonly',
      'true',
    )
    await guest.context().close()
  })

  await test.step('signing out everywhere ends this session too', async () => {
    await page.goto('/settings/sessions')
    await expect(page.getByText('this one')).toBeVisible()
    await page.getByRole('button', { name: 'Sign out everywhere' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click()
    await expect(page).toHaveURL(/\/login/)
    await page.goto('/leads')
    await expect(page).toHaveURL(/\/login/)
  })

  await test.step('A21: guessing is slowed down, and the page says for how long', async () => {
    const guess = { email: 'somebody@example.com', password: 'a wrong password' }
    const guesser = await apiOf(server.url)
    await expect
      .poll(async () => (await guesser.post('/api/v1/auth/login', { data: guess })).status(), {
        timeout: 60_000,
        intervals: [0],
      })
      .toBe(429)
    await page.getByLabel('E-mail').fill(guess.email)
    await page.getByLabel('Password', { exact: true }).fill(guess.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByText('Too many attempts.')).toBeVisible()
    await expect(page.getByText(/You can try again in \d+/)).toBeVisible()
  })
})
