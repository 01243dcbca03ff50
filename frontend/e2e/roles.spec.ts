import { type APIRequestContext, type Page } from '@playwright/test'

import { expect, test } from './harness'
import { settled } from './pages'
import { analyse, apiOf, call, enter, firstAccount, importEnquiries, leadOf, member } from './seed'

test.use({ world: 'roles' })
test.describe.configure({ mode: 'serial' })

const PEOPLE = {
  viewer: { name: 'Lou Berg', email: 'lou@example.com', password: 'another few words' },
  user: { name: 'Kim Park', email: 'kim@example.com', password: 'and yet other words' },
} as const

let admin: APIRequestContext
let lead = ''
let batch = ''

/** What a page offers, and the operation of the server's table that it takes. */
const OFFERS: [
  path: () => string,
  role: 'button' | 'link' | 'tab',
  name: RegExp,
  operation: string,
][] = [
  [() => '/leads', 'button', /^Analyse$/, 'leads.batch_analyze'],
  [() => '/leads', 'link', /^Import$/, 'leads.import'],
  [() => '/leads', 'button', /^Export$/, 'leads.export'],
  [() => `/leads/${lead}`, 'button', /^Edit Title/, 'leads.update'],
  [() => `/leads/${lead}`, 'button', /^(Draft message|Rewrite)$/, 'messages.draft'],
  [() => `/leads/${lead}`, 'button', /^Analyse/, 'leads.analyze'],
  [() => '/imports', 'link', /^Import/, 'leads.import'],
  [() => '/profile', 'button', /^Save profile$/, 'profile.update'],
  [() => '/templates', 'button', /^New template$/, 'templates.create'],
  [() => '/settings/people', 'button', /^Invite$/, 'users.invite'],
  [() => '/settings/keys', 'button', /^Create key$/, 'api_keys.create'],
  [() => '/settings/budgets', 'button', /^Save budget$/, 'budgets.update'],
  [() => '/settings/preferences', 'tab', /^System$/, 'system.get'],
]

test.beforeAll(async ({ server }) => {
  admin = await firstAccount(server.url)
  await importEnquiries(admin)
  batch = await analyse(admin)
  lead = await leadOf(admin, 'Marta Kowalczyk')
})

async function walk(page: Page, api: APIRequestContext): Promise<void> {
  const { permissions } = (await call(api, 'GET', '/me')) as unknown as { permissions: string[] }
  await enter(page.context(), api)
  let at = ''
  for (const [path, role, name, operation] of OFFERS) {
    if (path() !== at) {
      at = path()
      await page.goto(at)
      await settled(page)
    }
    const offer = page.getByRole('main').getByRole(role, { name }).first()
    const may = permissions.includes(operation)
    await expect(offer, `${operation} at ${at}`).toBeVisible({ visible: may })
  }
}

test('an admin is offered everything', async ({ page }) => {
  await walk(page, admin)
})

test('a user is offered what a user may, and works on own and free leads only', async ({
  page,
  server,
}) => {
  const api = await member(admin, server.url, PEOPLE.user, 'user')
  await enter(page.context(), api)
  const edit = page.getByRole('button', { name: /^Edit Title/ })
  // A free lead is read, and changed once it is claimed.
  await page.goto(`/leads/${lead}`)
  await settled(page)
  await expect(edit).toHaveCount(0)
  await page.getByRole('button', { name: 'Claim', exact: true }).click()
  await expect(edit).toBeVisible()
  await walk(page, api)
  // What is somebody else's is not even seen.
  const theirs = await leadOf(admin, 'Daniel Okafor')
  await call(admin, 'POST', `/leads/${theirs}/claim`, {})
  const refused = await api.fetch(`/api/v1/leads/${theirs}`, {
    method: 'PUT',
    data: { title: 'Mine now' },
    headers: { 'If-Match': '"99"' },
  })
  expect([403, 404]).toContain(refused.status())
  await page.goto(`/leads/${theirs}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    /nothing at this address|may not/,
  )
})

test('a viewer reads everything and is refused every change', async ({ page, server }) => {
  const api = await member(admin, server.url, PEOPLE.viewer, 'viewer')
  await walk(page, api)
  await page.goto(`/batches/${batch}`)
  await expect(page.getByRole('main').getByText('Finished', { exact: true })).toBeVisible()
  await page.goto(`/leads/${lead}`)
  await expect(page.getByRole('heading', { name: 'Score' })).toBeVisible()
  for (const [method, path] of [
    ['PUT', `/leads/${lead}`],
    ['PUT', `/leads/${lead}/message`],
    ['POST', '/leads/batch-analyze'],
    ['POST', '/samples'],
    ['PUT', '/profile'],
    ['POST', '/templates'],
    ['PUT', '/settings'],
    ['POST', '/users'],
  ] as const) {
    const answer = await api.fetch(`/api/v1${path}`, { method, data: {} })
    expect(answer.status(), `${method} ${path}`).toBe(403)
  }
  const stranger = await apiOf(server.url)
  expect((await stranger.get('/api/v1/leads')).status()).toBe(401)
})
