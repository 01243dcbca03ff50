import { type APIRequestContext, type Page } from '@playwright/test'

import { expect, expectAccessible, test } from './harness'
import { call, enter, firstAccount, leadOf, member } from './seed'

test.use({ world: 'duplicates' })
test.describe.configure({ mode: 'serial' })

/** People who may be one: a name and two addresses that are alike, but not surely the same person's. */
const TWINS = [
  ['Marta Kowalczyk', 'marta.kowalczyk@hale-metal.test', 'm.kowalczyk@hale-metal.test'],
  ['Jonas Reuter', 'jonas.reuter@brandt-pumps.test', 'j.reuter@brandt-pumps.test'],
  ['Aiko Tanabe', 'aiko.tanabe@tanabe-optics.test', 'a.tanabe@tanabe-optics.test'],
  ['Luis Ferrer', 'luis.ferrer@ferrer-foods.test', 'l.ferrer@ferrer-foods.test'],
] as const

/** Two leads that are compared as they come in, and wait for a person. */
async function makePair(api: APIRequestContext, [name, one, other]: (typeof TWINS)[number]) {
  const rest = { name, source: 'manual' }
  await call(api, 'POST', '/leads', { ...rest, email: one, title: 'Head of operations' })
  await call(api, 'POST', '/leads', { ...rest, email: other, title: 'Operations lead' })
}

const queue = (page: Page) => page.getByRole('list', { name: 'Pairs that may be the same' })
const pairs = (page: Page) => queue(page).getByRole('listitem')
const count = async (api: APIRequestContext, state: string) =>
  ((await call(api, 'GET', `/duplicates?state=${state}`)) as unknown as { total: number }).total

let admin: APIRequestContext

test('an empty queue says what comes here and who looks', async ({ page, server }) => {
  admin = await firstAccount(server.url)
  await enter(page.context(), admin)
  await page.goto('/duplicates')
  await expect(page.getByRole('heading', { name: 'No duplicates to decide' })).toBeVisible()
  await expect(page.getByText(/Winnow looks for them by itself/)).toBeVisible()
  await page.getByRole('button', { name: 'Look for duplicates' }).dblclick()
  await expect(page.getByText(/All leads looked through/)).toBeVisible()
  await expectAccessible(page)
})

test('verdicts by keyboard, each taken back', async ({ page }) => {
  for (const twins of TWINS) await makePair(admin, twins)
  await expect.poll(() => count(admin, 'open')).toBe(TWINS.length)
  await enter(page.context(), admin)
  await page.goto('/duplicates')
  await expect(pairs(page)).toHaveCount(4)
  const table = page.getByRole('table', { name: 'The two leads side by side' })
  await expect(table.getByRole('row', { name: /E-mail differs/ })).toBeVisible()
  await expectAccessible(page)

  // Different, and back by u.
  await page.keyboard.press('d')
  await expect(page.getByText('Kept as two leads').first()).toBeVisible()
  await expect(pairs(page)).toHaveCount(3)
  await expect.poll(() => count(admin, 'different')).toBe(1)
  await page.keyboard.press('u')
  await expect(pairs(page)).toHaveCount(4)
  await expect.poll(() => count(admin, 'different')).toBe(0)

  // Skipped, and back by ⌘Z, which the toast offers.
  await page.keyboard.press('s')
  await expect(pairs(page)).toHaveCount(3)
  await expect.poll(() => count(admin, 'skipped')).toBe(1)
  await expect(page.getByText('Skipped for later').first()).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(pairs(page)).toHaveCount(4)
  await expect.poll(() => count(admin, 'skipped')).toBe(0)

  // Merged: the second stays, with a title taken by hand; taken back it is a pair again.
  const marta = pairs(page).filter({ hasText: 'Marta Kowalczyk' })
  await marta.getByRole('button').click()
  await page.keyboard.press('2')
  await expect(page.getByRole('radio', { name: /^Stays/ }).nth(1)).toBeChecked()
  await expect(table.getByRole('button', { name: /@hale-metal/ }).nth(1)).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  const taken = table
    .getByRole('row', { name: /^Title/ })
    .getByRole('button')
    .first()
  await taken.click()
  await expect(taken).toHaveAttribute('aria-pressed', 'true')
  const title = /^Head of operations/.test(await taken.innerText())
    ? 'Head of operations'
    : 'Operations lead'
  await page.keyboard.press('m')
  await expect(page.getByText('Merged into one lead').first()).toBeVisible()
  await expect(marta).toHaveCount(0)
  const found = async () =>
    (await call(admin, 'GET', '/leads?q=Kowalczyk')).items as unknown as { title: string }[]
  await expect.poll(async () => (await found()).map((lead) => lead.title)).toEqual([title])
  await page.keyboard.press('u')
  await expect(marta).toHaveCount(1)
  await expect.poll(async () => (await found()).length).toBe(2)

  // j and k go through the queue; the sheet names the keys.
  await page.keyboard.press('k')
  await page.keyboard.press('k')
  await page.keyboard.press('k')
  await expect(page.getByText('1 of 4')).toBeVisible()
  await page.keyboard.press('j')
  await expect(page.getByText('2 of 4')).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog').getByText('Merge the two leads')).toBeVisible()
  await page.keyboard.press('Escape')
})

test('a pair that somebody else judged meanwhile is not judged twice', async ({ page }) => {
  await enter(page.context(), admin)
  await page.goto('/duplicates')
  await expect(pairs(page)).toHaveCount(4)
  const { items } = await call(admin, 'GET', '/duplicates')
  // The answer to the press is held back until the other was faster.
  await page.route('**/api/v1/duplicates/*', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback()
    await call(admin, 'POST', `/duplicates/${items[0]!.id}`, { verdict: 'skip' })
    await route.continue()
  })
  await page.keyboard.press('d')
  await expect(page.getByText(/Somebody judged this pair since you read it/).first()).toBeVisible()
  expect(await count(admin, 'skipped')).toBe(1)
  await page.unroute('**/api/v1/duplicates/*')
  await expect(pairs(page)).toHaveCount(3)
  await call(admin, 'POST', `/duplicates/${items[0]!.id}`, { verdict: 'open' })
  // The live feed brings it back.
  await expect(pairs(page)).toHaveCount(4)
})

test('all sure pairs at once: said before, one effect on a double click, one undo', async ({
  page,
}) => {
  await enter(page.context(), admin)
  // Of looking first and doing only the latter merges anything.
  const merged: number[] = []
  page.on('response', (response) => {
    if (!response.url().endsWith('/duplicates/bulk')) return
    void response.json().then(
      ({ merge_ids: ids }: { merge_ids: string[] }) => ids.length > 0 && merged.push(ids.length),
      () => undefined, // The browser has let go of it: what was done shows below all the same.
    )
  })
  await page.goto('/duplicates')
  await expect(pairs(page)).toHaveCount(4)
  await page.getByRole('button', { name: 'Merge the sure ones' }).click()
  const dialog = page.getByRole('dialog', { name: 'Merge all sure pairs' })
  await expect(dialog.getByText('No pair is that sure')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Merge no pair' })).toBeDisabled()
  await dialog.getByLabel('Least confidence').selectOption('0.95')
  await expect(dialog.getByText('4 pairs will be merged')).toBeVisible()
  await expect(dialog.getByText('Luis Ferrer').first()).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Merge 4 pairs' }).dblclick()
  await expect(page.getByText('4 pairs merged').first()).toBeVisible()
  expect(merged.length).toBeLessThanOrEqual(1)
  expect(await count(admin, 'merged')).toBe(4)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('4 merges undone').first()).toBeVisible()
  await expect(pairs(page)).toHaveCount(4)
})

test('merge by hand from the list; undo at the lead, with what cannot be decided asked', async ({
  page,
}) => {
  await enter(page.context(), admin)
  await page.goto('/leads?q=Ferrer')
  const rows = page.getByRole('row', { name: /Luis Ferrer/ })
  await expect(rows).toHaveCount(2)
  for (const row of [rows.nth(0), rows.nth(1)]) await row.getByRole('checkbox').click()
  await page.getByRole('button', { name: 'Merge', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Merge 2 leads into one' })
  await dialog.getByRole('button', { name: /^Operations lead/ }).click()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Merge 2 leads' }).dblclick()
  await expect(page.getByText('Merged into Luis Ferrer').first()).toBeVisible()
  await expect(rows).toHaveCount(1)

  const id = await leadOf(admin, 'Luis Ferrer')
  const lead = (await call(admin, 'GET', `/leads/${id}`)) as unknown as { version: number }
  const since = { industry: 'Food' }
  await call(admin, 'PUT', `/leads/${id}`, since, { 'If-Match': `"${lead.version}"` })

  // What the word of it offers cannot be done without an answer: it goes on at the lead, which asks.
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  const undo = page.getByRole('dialog', { name: 'Undo this merge?' })
  await expect(undo.getByText('One thing only you can decide')).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`/leads/${id}\\?undo=`))
  await undo.getByRole('button', { name: 'Cancel' }).click()
  await expect(undo).toBeHidden()
  await expect(page).toHaveURL(new RegExp(`/leads/${id}$`))

  // The address of the merged lead leads to the one that stands for it.
  const { items } = await call(admin, 'GET', `/leads/${id}/merges`)
  const merge = items[0] as unknown as { leads: { lead_id: string }[] }
  const gone = merge.leads.find((each) => each.lead_id !== id)!.lead_id
  await page.goto(`/leads/${gone}`)
  await expect(page).toHaveURL(new RegExp(`/leads/${id}`))
  await expect(page.getByText('The lead you looked for was merged into this one')).toBeVisible()

  await page.getByRole('button', { name: 'Undo merge' }).click()
  await expect(undo.getByText('One thing only you can decide')).toBeVisible()
  await undo.getByRole('radio').nth(1).check()
  await expectAccessible(page)
  await undo.getByRole('button', { name: 'Undo merge' }).dblclick()
  await expect(page.getByText(/Merge undone: 1 lead stands alone again/).first()).toBeVisible()
  // The one of all pairs at once, and this one.
  await expect(page.getByText(/undone by/)).toHaveCount(2)
  await expect
    .poll(
      async () => ((await call(admin, 'GET', `/leads/${gone}`)) as { industry?: string }).industry,
    )
    .toBe('Food')
})

test('merge with another lead from the lead’s menu; its open pair is told', async ({ page }) => {
  await enter(page.context(), admin)
  const id = await leadOf(admin, 'Aiko Tanabe')
  await page.goto(`/leads/${id}`)
  await expect(page.getByText('May be the same as Aiko Tanabe')).toBeVisible()
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Merge with…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Merge with which lead').fill('Tanabe')
  await dialog
    .getByRole('option', { name: /Aiko Tanabe/ })
    .first()
    .click()
  await dialog.getByRole('button', { name: 'Merge 2 leads' }).click()
  await expect(page.getByText('Merged into Aiko Tanabe').first()).toBeVisible()
  await expect(page.getByText('May be the same as Aiko Tanabe')).toBeHidden()
  await page.keyboard.press('Control+z')
  await expect(page.getByText(/Merge undone/).first()).toBeVisible()
})

test('a viewer sees the pairs and judges none', async ({ page, server }) => {
  const viewer = await member(
    admin,
    server.url,
    { name: 'Vic Reed', email: 'vic@example.com', password: 'plain words work well' },
    'viewer',
  )
  await enter(page.context(), viewer)
  await page.goto('/duplicates')
  await expect(page.getByRole('heading', { name: 'Duplicates', level: 1 })).toBeVisible()
  await expect(page.getByRole('table', { name: 'The two leads side by side' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Different' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Merge the sure ones' })).toHaveCount(0)
})
