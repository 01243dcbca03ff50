import { type APIRequestContext } from '@playwright/test'

import { ADMIN, expect, expectAccessible, test } from './harness'
import { settled } from './pages'
import { analyse, call, enter, firstAccount, importEnquiries, leadOf, member } from './seed'

test.use({ world: 'shell' })
test.describe.configure({ mode: 'serial' })

const VIEWER = { name: 'Lou Berg', email: 'lou@example.com', password: 'another few words' }

let admin: APIRequestContext
let lead = ''

test.beforeAll(async ({ server }) => {
  admin = await firstAccount(server.url)
  await importEnquiries(admin)
  await analyse(admin)
  lead = await leadOf(admin, 'Marta Kowalczyk')
})

test('a new password is judged while it is typed; a link that was cut says so', async ({
  page,
}) => {
  await page.goto('/accept?token=cut-off')
  const password = page.getByLabel('Password', { exact: true })
  await password.fill('eight ch')
  await expect(page.getByText('4 more characters needed.')).toBeVisible()
  await password.fill('hunterhunterhunter')
  await expect(page.getByText(/^Easy to guess/)).toBeVisible()
  await password.fill('plain words work well')
  await expect(page.getByText(/^Good/)).toBeVisible()
  await expect(password).toHaveAttribute('type', 'password')
  await page.getByRole('button', { name: 'Show password' }).click()
  await expect(password).toHaveAttribute('type', 'text')
  await password.evaluate((input) =>
    input.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'A', modifierCapsLock: true, bubbles: true }),
    ),
  )
  await expect(page.getByText('Caps lock is on.')).toBeVisible()
  await page.getByLabel('Your name').fill('Nobody')
  await page.getByRole('button', { name: 'Join' }).click()
  await expect(page.getByRole('alert')).toContainText(/link/)
  await page.goto('/accept')
  await expect(page.getByText('This link is not whole')).toBeVisible()
})

test('what is not there, not allowed or broken says what to do', async ({
  page,
  context,
  browser,
  server,
}) => {
  await enter(context, admin)
  for (const path of ['/nowhere', '/leads/xyz', '/batches/xyz']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'There is nothing at this address',
    )
    await expect(page).toHaveTitle(/^There is nothing/)
  }
  await page.getByRole('main').getByRole('button', { name: 'Search' }).click()
  await expect(page.getByRole('combobox', { name: 'Go to or do' })).toBeFocused()
  await page.keyboard.press('Escape')

  // The code of a page is gone: the server was updated since the tab was opened.
  await page.route(/\/assets\/templates-page-.*\.js/, (route) => route.fulfill({ status: 404 }))
  await page.keyboard.press('g')
  await page.keyboard.press('t')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This page has moved on')
  await expectAccessible(page)
  await page.unrouteAll()
  // One page's trouble is not another's.
  await page.getByRole('link', { name: 'Leads', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Leads', level: 1 })).toBeVisible()

  const viewer = await member(admin, server.url, VIEWER, 'viewer')
  const guest = await (await browser.newContext({ baseURL: server.url })).newPage()
  await enter(guest.context(), viewer)
  await guest.goto('/imports/new')
  await expect(guest.getByRole('heading', { level: 1 })).toHaveText('You may not open this page')
  await expect(guest.getByText('Your role is Viewer. This page takes User or Admin.')).toBeVisible()
  await expect(guest.getByText(new RegExp(`${ADMIN.name}.? can change your role`))).toBeVisible()
  await expectAccessible(guest)
  await guest.context().close()
})

test('going to a page puts the focus at its heading; back comes to the place that was left', async ({
  page,
  context,
}) => {
  await enter(context, admin)
  await page.setViewportSize({ width: 1280, height: 500 })
  await page.goto('/settings/roles')
  await settled(page)
  await page.goto('/')
  await settled(page)
  await page.keyboard.press('g')
  await page.keyboard.press('i')
  const heading = page.getByRole('heading', { level: 1 })
  await expect(heading).toHaveText('Imports')
  await expect(heading).toBeFocused()
  await expect(page).toHaveTitle('Imports · Winnow')

  await page.keyboard.press('g')
  await page.keyboard.press('h')
  await settled(page)
  const body = page.locator('[data-keep-scroll=page]')
  await expect
    .poll(() =>
      body.evaluate((part) => {
        part.scrollTop = 150
        return part.scrollTop
      }),
    )
    .toBe(150)
  await page.getByRole('link', { name: 'Batches', exact: true }).click()
  await expect(heading).toHaveText('Batches')
  expect(await body.evaluate((part) => part.scrollTop)).toBe(0)
  await page.goBack()
  await expect(heading).toHaveText('Home')
  await expect.poll(() => body.evaluate((part) => part.scrollTop)).toBe(150)
  await page.reload()
  await expect.poll(() => body.evaluate((part) => part.scrollTop)).toBe(150)
})

test('the keys of the sheet are those that work, and leave what is typed alone', async ({
  page,
  context,
}) => {
  await enter(context, admin)
  await page.goto(`/leads/${lead}`)
  await settled(page)
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(sheet.getByText('Next claim')).toBeVisible()
  await expect(sheet.getByText('Select the row')).toHaveCount(0)
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await page.keyboard.press('ControlOrMeta+k')
  const palette = page.getByRole('combobox', { name: 'Go to or do' })
  // In a field the keys are letters.
  await palette.pressSequentially('gl?')
  await expect(palette).toHaveValue('gl?')
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(new RegExp(lead))

  // ⌘Z in a text takes back the text, not the last change of the page.
  const title = page.getByRole('button', { name: /^Edit Title/ })
  await title.click()
  await page.getByLabel('Title', { exact: true }).fill('Changed once')
  await page.keyboard.press('Enter')
  await expect(title).toContainText('Changed once')
  await title.click()
  const field = page.getByLabel('Title', { exact: true })
  await field.press('End')
  await field.pressSequentially(' more')
  await field.press('ControlOrMeta+z')
  await expect(field).not.toHaveValue('Changed once more')
  await field.press('Escape')
  await expect(title).toContainText('Changed once')
  // Outside of it, it takes back the newest change, while the word of it stands there.
  await title.click()
  await field.fill('Changed twice')
  await field.press('Enter')
  await expect(title).toContainText('Changed twice')
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('ControlOrMeta+z')
  await expect(title).toContainText('Changed once')
})

test('two tabs are one session: signing out of one asks in the other, edits appear in both', async ({
  page,
  context,
}) => {
  await page.goto('/login')
  await page.getByLabel('E-mail').fill(ADMIN.email)
  await page.getByLabel('Password', { exact: true }).fill(ADMIN.password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible()
  await page.goto(`/leads/${lead}`)
  await settled(page)
  const other = await context.newPage()
  await other.goto(`/leads/${lead}`)
  await settled(other)

  await other.getByRole('button', { name: /^Edit Title/ }).click()
  await other.getByLabel('Title', { exact: true }).fill('From the other tab')
  await other.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /^Edit Title/ })).toContainText(
    'From the other tab',
  )

  await other.getByRole('button', { name: `Account of ${ADMIN.name}` }).click()
  await other.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(other).toHaveURL(/\/login/)
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' })
  await expect(dialog).toBeVisible()
  await expectAccessible(page)
  // Whoever signs in there has signed in here.
  await other.getByLabel('E-mail').fill(ADMIN.email)
  await other.getByLabel('Password', { exact: true }).fill(ADMIN.password)
  await other.getByRole('button', { name: 'Sign in' }).click()
  await expect(other.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('button', { name: /^Edit Title/ })).toContainText(
    'From the other tab',
  )
  await other.close()
})

test('what one person changes of templates and views shows in another’s window', async ({
  page,
  context,
}) => {
  await enter(context, admin)
  await page.goto('/templates')
  await settled(page)
  // The server tells of it: these calls are no tab of this browser.
  const text = { name: 'From elsewhere', subject: 'Hello {{first_name}}', body: 'A text.' }
  const made = await call(admin, 'POST', '/templates', text)
  const row = page.getByRole('main').getByText('From elsewhere', { exact: true }).first()
  await expect(row).toBeVisible()
  await call(admin, 'DELETE', `/templates/${made.id}`)
  await expect(row).toHaveCount(0)
  await page.goto('/leads')
  await settled(page)
  const view = await call(admin, 'POST', '/views', { name: 'Seen there', mode: 'table' })
  const tab = page.getByRole('link', { name: 'Seen there' })
  await expect(tab).toBeVisible()
  await call(admin, 'DELETE', `/views/${view.id}`)
  await expect(tab).toHaveCount(0)
})

test('Back goes through what was done one step at a time, and loses nothing', async ({
  page,
  context,
}) => {
  await enter(context, admin)
  const heading = page.getByRole('heading', { level: 1 })

  await test.step('leads: search, a lead, back to what was searched', async () => {
    await page.goto('/leads')
    await page.getByLabel('Search leads').fill('packaging')
    await expect(page.getByRole('row', { name: /Marta Kowalczyk/ })).toHaveCount(0)
    await page.getByRole('link', { name: 'Daniel Okafor' }).click()
    await expect(heading).toHaveText(/Daniel Okafor/)
    await page.goBack()
    await expect(page.getByLabel('Search leads')).toHaveValue('packaging')
    await expect(page.getByRole('row', { name: /Daniel Okafor/ })).toBeVisible()
    await expect(page.getByRole('row', { name: /Marta Kowalczyk/ })).toHaveCount(0)
  })

  await test.step('settings: their tabs are one step, which comes back as it was left', async () => {
    await page.getByRole('link', { name: 'Settings', exact: true }).click()
    await page.getByRole('tab', { name: 'Roles' }).click()
    await expect(page).toHaveURL(/\/settings\/roles$/)
    await page.getByRole('tab', { name: 'Budgets' }).click()
    await expect(page).toHaveURL(/\/settings\/budgets$/)
    await page.goBack()
    await expect(page.getByLabel('Search leads')).toHaveValue('packaging')
    await page.goForward()
    await expect(page.getByRole('tab', { name: 'Budgets' })).toHaveAttribute(
      'aria-selected',
      'true',
    )
  })

  await test.step('duplicates: which pairs are shown', async () => {
    await page.goto('/duplicates?state=skipped')
    await settled(page)
    await page.getByRole('link', { name: 'Batches', exact: true }).click()
    await expect(heading).toHaveText('Batches')
    await page.goBack()
    await expect(page).toHaveURL(/\/duplicates\?state=skipped/)
  })

  await test.step('an analysis that was started is not started again', async () => {
    let starts = 0
    page.on('request', (request) => {
      if (request.method() === 'POST' && /batch-analyze$/.test(request.url())) starts++
    })
    await page.goto('/leads?q=packaging')
    await page.getByRole('button', { name: 'Analyse' }).click()
    await page.getByRole('button', { name: /^Analyse [\d,]+ lead/ }).click()
    await expect(page).toHaveURL(/\/batches\//)
    await page.goBack()
    await expect(page.getByLabel('Search leads')).toHaveValue('packaging')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await page.goForward()
    await expect(page.getByRole('main').getByText('Finished', { exact: true })).toBeVisible()
    expect(starts).toBe(1)
  })
})

test('a clock that is hours wrong does not make times wrong', async ({ page, context }) => {
  await enter(context, admin)
  await page.clock.setSystemTime(Date.now() + 5 * 3_600_000)
  await page.goto('/imports')
  await settled(page)
  await expect(page.getByText(/(sec|min)\. ago|now/).first()).toBeVisible()
  await expect(page.getByText(/(hr|hours?)\.? ago/)).toHaveCount(0)
})

test('a connection that was cut goes on after the last event', async ({ page, context }) => {
  await enter(context, admin)
  const urls: string[] = []
  let cut = () => {}
  let refuse = false
  await page.routeWebSocket(/\/api\/v1\/ws/, (socket) => {
    urls.push(socket.url())
    if (refuse) return void socket.close()
    const server = socket.connectToServer()
    cut = () => {
      void socket.close()
      void server.close()
    }
  })
  await page.goto(`/leads/${lead}`)
  await settled(page)
  const live = page.getByRole('img', { name: 'Live: changes appear by themselves' }).first()
  await expect(live).toBeVisible()
  refuse = true
  cut()
  await expect(page.getByText(/^The server does not answer/)).toBeVisible()
  const { version } = (await call(admin, 'GET', `/leads/${lead}`)) as unknown as { version: number }
  await call(
    admin,
    'PUT',
    `/leads/${lead}`,
    { title: 'Changed meanwhile' },
    { 'If-Match': `"${version}"` },
  )
  refuse = false
  // The browser says that there is a network again: no need to wait for the next try.
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await expect(page.getByRole('button', { name: /^Edit Title/ })).toContainText('Changed meanwhile')
  await expect(live).toBeVisible()
  await expect(page.getByText(/^The server does not answer/)).toHaveCount(0)
  expect(Number(new URL(urls.at(-1)!).searchParams.get('since'))).toBeGreaterThan(0)
})
