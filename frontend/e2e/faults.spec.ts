import { analyseAll, expect, importFile, setUp, signIn, test } from './harness'

test.use({ world: 'faults' })
test.describe.configure({ mode: 'serial' })

const LIST = /\/api\/v1\/leads\?/
const OVERVIEW = /\/api\/v1\/analytics\/overview/

function problem(status: number, code: string, title: string): string {
  return JSON.stringify({ type: 'about:blank', status, code, title, request_id: 'req-of-a-test' })
}

test('a text typed without a connection is kept and saved afterwards', async ({
  page,
  context,
}) => {
  await setUp(page)
  await importFile(page, 'e2e/testdata/enquiries.csv')
  await analyseAll(page)
  await page.goto('/leads')
  await page.getByRole('link', { name: 'Marta Kowalczyk' }).click()
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
    await signIn(page)
    const there = page.getByRole('main').getByText(sign, { exact: true }).first()
    await page.route(call, async (route) => {
      await new Promise((done) => setTimeout(done, 2000))
      await route.continue()
    })
    await page.goto(path)
    await expect(page.locator('main .animate-skeleton').first()).toBeVisible()
    await expect(there).toBeVisible()
    await expect(page.locator('main .animate-skeleton')).toHaveCount(0)
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
