import { type APIRequestContext, type Page, type Request } from '@playwright/test'

import { expect } from './harness'
import { settled } from './pages'
import { analyse, call, enter, firstAccount, importEnquiries, leadOf } from './seed'
import { test } from './with-model'

test.use({ world: 'buttons' })
test.describe.configure({ mode: 'serial' })

let admin: APIRequestContext
let lead = ''
let imported = ''

test.beforeAll(async ({ server }) => {
  admin = await firstAccount(server.url)
  imported = await importEnquiries(admin)
  await analyse(admin)
  lead = await leadOf(admin, 'Marta Kowalczyk')
  for (const email of ['aiko.tanabe@optics.test', 'a.tanabe@optics.test']) {
    await call(admin, 'POST', '/leads', { name: 'Aiko Tanabe', email, source: 'manual' })
  }
})

interface Press {
  what: string
  path: () => string
  /** Brings the page to where the button can be pressed. */
  before?: (page: Page) => Promise<void>
  button: string | RegExp
  /** Inside the dialog that is open. */
  dialog?: boolean
  sends: [method: string, path: RegExp]
  /** Asks what would happen by the same call; that is not counted. */
  asksFirst?: boolean
}

const type = (label: string, text: string) => (page: Page) =>
  page.getByLabel(label, { exact: true }).first().fill(text)

const opened = (button: string, label: string, text: string) => async (page: Page) => {
  await page.getByRole('main').getByRole('button', { name: button }).first().click()
  await page.getByRole('dialog').getByLabel(label).fill(text)
}

/** Waits until a dialog knows what its button would do. */
const foreseen = (page: Page, button: string) =>
  expect(page.getByRole('dialog').getByRole('button', { name: button })).toBeEnabled()

const PRESSES: Press[] = [
  {
    what: 'draft a message',
    path: () => `/leads/${lead}`,
    button: /^(Draft message|Rewrite)$/,
    sends: ['POST', /\/message$/],
  },
  {
    what: 'save the profile',
    path: () => '/profile',
    before: type('Name', 'Pressed twice'),
    button: 'Save profile',
    sends: ['PUT', /\/profile$/],
  },
  {
    what: 'save a budget',
    path: () => '/settings/budgets',
    before: type('Limit in US dollars', '20'),
    button: 'Save budget',
    sends: ['PUT', /\/budgets\/\w+$/],
  },
  {
    what: 'create a key',
    path: () => '/settings/keys',
    before: opened('Create key', 'Name', 'Twice'),
    button: 'Create key',
    dialog: true,
    sends: ['POST', /\/api-keys$/],
  },
  {
    what: 'invite somebody',
    path: () => '/settings/people',
    before: opened('Invite', 'E-mail', 'twice@example.com'),
    button: 'Invite',
    dialog: true,
    sends: ['POST', /\/users$/],
  },
  {
    what: 'change the password',
    path: () => '/settings/sessions',
    before: async (page) => {
      await page.getByLabel('Current password', { exact: true }).fill('not the one')
      await page.getByLabel('New password', { exact: true }).fill('other plain words')
    },
    button: 'Change password',
    sends: ['POST', /\/auth\/password$/],
  },
  {
    what: 'save a template',
    path: () => '/templates',
    before: async (page) => {
      await page.getByRole('button', { name: 'New template' }).click()
      await type('Name', 'Twice')(page)
      await type('Subject', 'Hello {{first_name}}')(page)
      await type('Text', 'A text.')(page)
    },
    button: 'Save',
    sends: ['POST', /\/templates$/],
  },
  {
    what: 'try the connection to the model',
    path: () => '/settings/ai',
    button: 'Test the connection',
    sends: ['POST', /\/settings\/ai\/test$/],
  },
  {
    what: 'save limits and prices',
    path: () => '/settings/ai',
    before: type('Price per million tokens in', '2'),
    button: 'Save limits and prices',
    sends: ['PUT', /\/settings\/ai$/],
  },
  {
    what: 'save a view',
    path: () => '/leads?q=Kowalczyk',
    before: opened('Save as view', 'Name', 'Twice'),
    button: 'Save',
    dialog: true,
    sends: ['POST', /\/views$/],
  },
  {
    what: 'merge two leads',
    path: () => '/leads?q=Tanabe',
    before: async (page) => {
      const boxes = page.getByRole('row', { name: /Aiko Tanabe/ }).getByRole('checkbox')
      await expect(boxes).toHaveCount(2)
      for (const box of await boxes.all()) await box.click()
      await page.getByRole('button', { name: 'Merge', exact: true }).click()
      await foreseen(page, 'Merge 2 leads')
    },
    button: 'Merge 2 leads',
    dialog: true,
    sends: ['POST', /\/leads\/merge$/],
    asksFirst: true,
  },
  {
    what: 'undo an import',
    path: () => `/imports/${imported}`,
    before: async (page) => {
      await page.getByRole('button', { name: 'Undo import' }).click()
      await foreseen(page, 'Undo import')
    },
    button: 'Undo import',
    dialog: true,
    sends: ['POST', /\/imports\/[^/]+\/undo$/],
    asksFirst: true,
  },
]

test('a double click on a button that changes something changes it once', async ({
  page,
  context,
}) => {
  await enter(context, admin)
  for (const { what, path, before, button, dialog, sends, asksFirst } of PRESSES) {
    await test.step(what, async () => {
      let sent = 0
      const isIt = (request: Request) =>
        request.method() === sends[0] &&
        sends[1].test(new URL(request.url()).pathname) &&
        !(asksFirst && request.postData()?.includes('"dry_run":true'))
      const count = (request: Request) => {
        if (isIt(request)) sent++
      }
      await page.goto(path())
      await settled(page)
      await before?.(page)
      page.on('request', count)
      // A slow answer leaves time for the second press to do harm.
      await page.route(sends[1], async (route) => {
        if (!isIt(route.request())) return route.fallback()
        await new Promise((done) => setTimeout(done, 300))
        await route.continue()
      })
      const place = dialog ? page.getByRole('dialog') : page.getByRole('main')
      const answered = page.waitForResponse((answer) => isIt(answer.request()))
      await place.getByRole('button', { name: button, exact: true }).first().dblclick()
      await answered
      page.off('request', count)
      await page.unroute(sends[1])
      expect(sent, what).toBe(1)
    })
  }
})

test('the forms of strangers send once too', async ({ page }) => {
  for (const [path, fill, button, sends] of [
    [
      '/login',
      { 'E-mail': 'a@example.com', Password: 'some wrong words' },
      'Sign in',
      '/auth/login',
    ],
    ['/reset', { 'E-mail': 'a@example.com' }, 'Send reset link', '/auth/reset'],
    [
      '/accept?token=x',
      { 'Your name': 'A', Password: 'other plain words' },
      'Join',
      '/auth/accept',
    ],
    [
      '/reset?token=x',
      { 'New password': 'other plain words' },
      'Set password',
      '/auth/reset/confirm',
    ],
  ] as const) {
    let sent = 0
    const ours = (url: string) => new URL(url).pathname.endsWith(sends)
    await page.goto(path)
    for (const [label, text] of Object.entries(fill)) {
      await page.getByLabel(label, { exact: true }).fill(text)
    }
    const count = (request: { url: () => string }) => {
      if (ours(request.url())) sent++
    }
    page.on('request', count)
    const answered = page.waitForResponse((answer) => ours(answer.url()))
    await page.getByRole('button', { name: button }).dblclick()
    await answered
    await expect(page.getByRole('alert').or(page.getByRole('status')).first()).toBeVisible()
    page.off('request', count)
    expect(sent, path).toBe(1)
  }
})
