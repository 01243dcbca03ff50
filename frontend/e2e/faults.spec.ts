import { type APIRequestContext } from '@playwright/test'

import { expect, test } from './harness'
import { settled } from './pages'
import { analyse, enter, firstAccount, importEnquiries, leadOf } from './seed'

test.use({ world: 'faults' })
test.describe.configure({ mode: 'serial' })

const LIST = /\/api\/v1\/leads\?/
const OVERVIEW = /\/api\/v1\/analytics\/overview/

let admin: APIRequestContext
let lead = ''

test.beforeAll(async ({ server }) => {
  admin = await firstAccount(server.url)
  await importEnquiries(admin)
  await analyse(admin)
  lead = await leadOf(admin, 'Marta Kowalczyk')
})

test.beforeEach(({ context }) => enter(context, admin))

function problem(status: number, code: string, title: string): string {
  return JSON.stringify({ type: 'about:blank', status, code, title, request_id: 'req-of-a-test' })
}

test('a text typed without a connection is kept and saved afterwards', async ({
  page,
  context,
}) => {
  await page.goto(`/leads/${lead}`)
  const panel = page.locator('section', { has: page.getByRole('heading', { name: 'Message' }) })
  const subject = panel.getByLabel('Subject', { exact: true })
  const draft = panel.getByRole('button', { name: 'Draft message' })
  await expect(subject.or(draft)).toBeVisible()
  if (await draft.isVisible()) await draft.click()
  await expect(subject).not.toHaveValue('')
  await context.setOffline(true)
  await subject.fill('Written on a train')
  await expect(panel.getByText(/^Not saved: no connection/)).toBeVisible()
  await expect(page.getByText(/^You are offline/)).toBeVisible()
  await context.setOffline(false)
  await expect(panel.getByText('Saved', { exact: true })).toBeVisible()
  await page.reload()
  await expect(subject).toHaveValue('Written on a train')
})

for (const { name, path, call, sign } of [
  { name: 'leads', path: '/leads', call: LIST, sign: 'Marta Kowalczyk' },
  { name: 'home', path: '/', call: OVERVIEW, sign: 'Grades' },
]) {
  test(`${name}: a slow, a broken and a busy server`, async ({ page }) => {
    const there = page.getByRole('main').getByText(sign, { exact: true }).first()
    await page.route(call, async (route) => {
      await new Promise((done) => setTimeout(done, 2000))
      await route.continue()
    })
    await page.goto(path)
    const coming = page.locator('main').locator('.animate-skeleton, [data-pending]')
    await expect(coming.first()).toBeVisible()
    await expect(there).toBeVisible()
    await expect(coming).toHaveCount(0)
    await page.unroute(call)

    const fault = page.getByRole('main').getByRole('alert')
    await page.route(call, (route) =>
      route.fulfill({
        status: 500,
        contentType: 'application/problem+json',
        body: problem(500, 'internal', 'The list could not be read.'),
      }),
    )
    await page.goto(path)
    await expect(fault).toContainText('req-of-a-test')
    await page.unroute(call)
    await fault.getByRole('button', { name: 'Try again' }).click()
    await expect(there).toBeVisible()
    await expect(fault).toHaveCount(0)

    await page.route(call, (route) =>
      route.fulfill({
        status: 429,
        headers: { 'Retry-After': '3' },
        contentType: 'application/problem+json',
        body: problem(429, 'rate_limited', 'Too many requests.'),
      }),
    )
    await page.goto(path)
    const wait = fault.getByRole('button', { name: /^Try again in \d s$/ })
    await expect(wait).toBeDisabled()
    await page.unroute(call)
    await fault.getByRole('button', { name: 'Try again', exact: true }).click()
    await expect(there).toBeVisible()
    await expect(fault).toHaveCount(0)
  })
}

/** What each page reads first, and a sign that it has. */
const READS: [path: () => string, call: RegExp, sign: string][] = [
  [() => `/leads/${lead}`, /\/api\/v1\/leads\/[0-9a-f-]{36}$/, 'Kowalczyk Fasteners'],
  [() => '/imports', /\/api\/v1\/imports(\?|$)/, 'enquiries.csv'],
  [() => '/batches', /\/api\/v1\/batches(\?|$)/, 'Finished'],
  [() => '/profile', /\/api\/v1\/profile$/, 'Company'],
  [() => '/templates', /\/api\/v1\/templates$/, 'built in'],
  [() => '/settings/people', /\/api\/v1\/users$/, 'robin@example.com'],
  [() => '/settings/keys', /\/api\/v1\/api-keys$/, 'No API keys'],
  [() => '/settings/system', /\/api\/v1\/system$/, 'Version'],
]

test('a page that cannot be read says so in place, with the number to quote, and comes back', async ({
  page,
}) => {
  for (const [path, call, sign] of READS) {
    await test.step(path(), async () => {
      await page.route(call, (route) =>
        route.fulfill({
          status: 500,
          contentType: 'application/problem+json',
          body: problem(500, 'internal', 'This could not be read.'),
        }),
      )
      await page.goto(path())
      const fault = page.getByRole('main').getByRole('alert').first()
      await expect(fault).toContainText('req-of-a-test')
      await page.unroute(call)
      await fault.getByRole('button', { name: 'Try again' }).click()
      await expect(page.getByRole('main').getByText(sign, { exact: true }).first()).toBeVisible()
      await settled(page)
    })
  }
})
