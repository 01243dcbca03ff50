import { type APIRequestContext, type Page, type Route } from '@playwright/test'

import { expect, observe, test } from './harness'
import { settled } from './pages'
import { analyse, enter, firstAccount, importEnquiries, leadOf } from './seed'

test.use({ world: 'faults' })
test.describe.configure({ mode: 'serial' })

let admin: APIRequestContext
let lead = ''
let imported = ''
let batch = ''

test.beforeAll(async ({ server }) => {
  admin = await firstAccount(server.url)
  imported = await importEnquiries(admin)
  batch = await analyse(admin)
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

/** What each page reads first, and a sign that it has. */
const READS: [path: () => string, call: RegExp, sign: string | RegExp][] = [
  [() => '/leads', /\/api\/v1\/leads\?/, 'Marta Kowalczyk'],
  [() => '/', /\/api\/v1\/analytics\/overview/, 'Grades'],
  [() => `/leads/${lead}`, /\/api\/v1\/leads\/[0-9a-f-]{36}$/, 'Kowalczyk Fasteners'],
  [() => '/imports', /\/api\/v1\/imports(\?|$)/, 'enquiries.csv'],
  [() => `/imports/${imported}`, /\/api\/v1\/imports\/[0-9a-f-]{36}$/, 'Import finished'],
  [() => '/batches', /\/api\/v1\/batches(\?|$)/, 'Finished'],
  [() => `/batches/${batch}`, /\/api\/v1\/batches\/[0-9a-f-]{36}$/, 'Finished'],
  [() => '/profile', /\/api\/v1\/profile$/, 'Company'],
  [() => '/profile/wizard', /\/api\/v1\/profile\/templates$/, /^Selling to manufacturers/],
  [() => '/quality', /\/api\/v1\/analytics\/quality$/, 'What is missing'],
  [() => '/duplicates', /\/api\/v1\/duplicates\?/, 'No duplicates to decide'],
  [() => '/templates', /\/api\/v1\/templates$/, 'built in'],
  [() => '/settings/ai', /\/api\/v1\/settings\/ai$/, 'Not set up'],
  [() => '/settings/budgets', /\/api\/v1\/budgets$/, 'Per day'],
  [() => '/settings/people', /\/api\/v1\/users$/, 'robin@example.com'],
  [() => '/settings/keys', /\/api\/v1\/api-keys$/, 'No API keys'],
  [() => '/settings/roles', /\/api\/v1\/permissions$/, 'Viewer'],
  [() => '/settings/sessions', /\/api\/v1\/sessions$/, 'this one'],
  [() => '/settings/system', /\/api\/v1\/system$/, 'Version'],
]

/** How many pages wait for their slow server at the same time. */
const AT_ONCE = 4

async function bearsFaults(page: Page, [path, call, sign]: (typeof READS)[number]): Promise<void> {
  const answers = [
    async (route: Route) => {
      await new Promise((done) => setTimeout(done, 2000))
      await route.fulfill({
        status: 429,
        headers: { 'Retry-After': '2' },
        contentType: 'application/problem+json',
        body: problem(429, 'rate_limited', 'Too many requests.'),
      })
    },
    (route: Route) =>
      route.fulfill({
        status: 500,
        contentType: 'application/problem+json',
        body: problem(500, 'internal', 'This could not be read.'),
      }),
  ]
  let refusing = answers[0]!
  await page.route(call, (route) => refusing(route))
  await page.goto(path())
  const main = page.getByRole('main')
  const coming = main.locator('.animate-skeleton, [data-pending]')
  const fault = main.getByRole('alert').first()
  const again = fault.getByRole('button', { name: 'Try again', exact: true })
  await expect(coming.first()).toBeVisible()
  // Busy: the server names the time, and the button waits for it.
  await expect(fault.getByRole('button', { name: /^Try again in \d s$/ })).toBeDisabled()
  refusing = answers[1]!
  await again.click()
  // Broken: said in place, with the number to quote.
  await expect(fault).toContainText('This could not be read.')
  await expect(fault).toContainText('req-of-a-test')
  await page.unroute(call)
  await again.click()
  await expect(main.getByText(sign, { exact: true }).first()).toBeVisible()
  await expect(main.getByRole('alert')).toHaveCount(0)
  await settled(page)
}

test('every page bears a slow, a busy and a broken server, says so in place, and comes back', async ({
  context,
  server,
  watch,
}) => {
  test.slow()
  const left = [...READS]
  const inTurn = async () => {
    const page = await context.newPage()
    await observe(page, [server.url], watch)
    for (let next = left.shift(); next; next = left.shift()) {
      const each = next
      await test.step(each[0](), () => bearsFaults(page, each))
    }
    await page.close()
  }
  await Promise.all(Array.from({ length: AT_ONCE }, inTurn))
})
