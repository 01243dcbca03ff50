import { readFile } from 'node:fs/promises'

import type { Browser, Page } from '@playwright/test'

import { expect, expectAccessible, type Person, test } from './harness'
import { analyse, call, enter, firstAccount, importEnquiries, member } from './seed'

test.use({ world: 'views' })
test.describe.configure({ mode: 'serial' })

const MIKA: Person = { name: 'Mika Sand', email: 'mika@example.com', password: 'seven calm boats' }

const tabs = (page: Page) => page.getByRole('navigation', { name: 'Saved views' })
const rows = (page: Page) => page.getByRole('row', { name: /Select (?!all)/ })
const bar = (page: Page) => page.getByRole('region', { name: 'Selected leads' })

async function pageOf(
  browser: Browser,
  url: string,
  api: Awaited<ReturnType<typeof firstAccount>>,
): Promise<Page> {
  const context = await browser.newContext({ baseURL: url })
  await enter(context, api)
  return context.newPage()
}

/** The lines of the file that a press downloads, cut at the commas; none of these cells has one. */
async function download(page: Page, press: () => Promise<void>): Promise<string[][]> {
  const [file] = await Promise.all([page.waitForEvent('download'), press()])
  const text = await readFile(await file.path(), 'utf8')
  return text
    .replace(/^\uFEFF/, '')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','))
}

test('a view is saved, changed, shared and followed; many leads are changed and put back', async ({
  page,
  browser,
  server,
}) => {
  const api = await firstAccount(server.url)
  await importEnquiries(api)
  await analyse(api)
  const mika = await member(api, server.url, MIKA, 'user')
  await enter(page.context(), api)

  await test.step('a filter is built of chips, by keyboard', async () => {
    await page.goto('/leads')
    await expect(rows(page).first()).toBeVisible()
    await page.keyboard.press('f')
    await page.getByLabel('Find a field').fill('grade')
    await page.keyboard.press('Enter')
    await page.getByLabel('Comparison').selectOption('ge')
    await page.getByLabel('Value').selectOption('B')
    await page.keyboard.press('Escape')
    await expect(page).toHaveURL(/filter=grade\+%3E%3D\+B/)
    await expect(
      page.getByRole('button', { name: /Edit the filter Grade at least B/ }),
    ).toBeVisible()
    await expectAccessible(page)
  })

  await test.step('it is saved as a view', async () => {
    await page.getByRole('button', { name: 'Save as view' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Worth a call')
    await page.getByRole('button', { name: 'Save', exact: true }).dblclick()
    await expect(tabs(page).getByRole('link', { name: 'Worth a call' })).toHaveAttribute(
      'aria-current',
      'page',
    )
    await expect(page).toHaveURL(/view=[0-9a-f-]{36}/)
    await expect(page.getByRole('group', { name: 'Changed since it was saved' })).toBeHidden()
    const { items } = await call(api, 'GET', '/views')
    expect(items.map((each) => each.name)).toEqual(['Worth a call'])
  })

  const shared = page.url()
  await test.step('what is changed shows as changed, after a reload too, and can be put back', async () => {
    const chip = page.getByRole('button', { name: /Edit the filter Grade/ })
    await chip.click()
    await page.getByLabel('Value').selectOption('A')
    await page.keyboard.press('Escape')
    const changed = page.getByRole('group', { name: 'Changed since it was saved' })
    await expect(changed).toBeVisible()
    await page.reload()
    await expect(changed).toBeVisible()
    await expect(tabs(page).getByRole('link', { name: /Worth a call.*Changed/ })).toBeVisible()
    await changed.getByRole('button', { name: 'Reset' }).click()
    await expect(changed).toBeHidden()
    await expect(chip).toHaveAccessibleName(/at least B/)
    // Backspace takes a chip away; the address tells "no filter" from "as saved".
    await chip.focus()
    await page.keyboard.press('Backspace')
    await expect(page).toHaveURL(/filter=(&|$)/)
    await expect(changed).toBeVisible()
    await page.goBack()
    await page.goto(shared)
  })

  const guest = await pageOf(browser, server.url, mika)
  await test.step('somebody else sees it when it is shared, and follows when it changes', async () => {
    await guest.goto('/leads')
    await expect(rows(guest).first()).toBeVisible()
    await expect(tabs(guest).getByRole('link', { name: /Worth a call/ })).toHaveCount(0)
    await page.getByRole('button', { name: 'What to do with the view Worth a call' }).click()
    await page.getByRole('menuitem', { name: 'Share with everybody' }).click()
    await tabs(guest)
      .getByRole('link', { name: /Worth a call/ })
      .click()
    await expect(
      guest.getByRole('button', { name: /Edit the filter Grade at least B/ }),
    ).toBeVisible()
    // What is not one's own is looked at, or copied.
    await guest.getByRole('button', { name: 'What to do with the view Worth a call' }).click()
    await expect(guest.getByRole('menuitem', { name: 'Save a copy' })).toBeVisible()
    await expect(guest.getByRole('menuitem', { name: 'Rename' })).toHaveCount(0)
    await guest.keyboard.press('Escape')

    await page.getByRole('button', { name: /Edit the filter Grade/ }).click()
    await page.getByLabel('Value').selectOption('A')
    await page.keyboard.press('Escape')
    await page
      .getByRole('group', { name: 'Changed since it was saved' })
      .getByRole('button', { name: 'Save', exact: true })
      .click()
    await expect(
      guest.getByRole('button', { name: /Edit the filter Grade at least A/ }),
    ).toBeVisible()
    await expect(guest.getByRole('group', { name: 'Changed since it was saved' })).toBeHidden()
  })

  await test.step('the export of the view has exactly the columns that show, in their order', async () => {
    const heads = (await page.getByRole('columnheader').allInnerTexts())
      .map((each) => each.trim())
      .filter(Boolean)
    const shown = await rows(page).count()
    const lines = await download(page, async () => {
      await page.getByRole('button', { name: 'Export' }).click()
      await page.getByRole('menuitem', { name: /CSV/ }).click()
    })
    expect(heads).toEqual([
      'Name',
      'Grade',
      'Score',
      'Top pain',
      'Status',
      'Company',
      'Title',
      'Owner',
      'Tags',
      'Source',
      'Found',
    ])
    expect(lines[0]).toEqual([
      'name',
      'winnow_grade',
      'winnow_score',
      'winnow_top_pain',
      'winnow_status',
      'company',
      'title',
      'winnow_owner',
      'tags',
      'source',
      'winnow_found_at',
    ])
    expect(lines).toHaveLength(shown + 1)
  })

  await test.step('many leads are edited at once, after the number is said, and put back by one press', async () => {
    await page.goto('/leads')
    const boxes = rows(page)
    await rows(page).nth(0).getByRole('checkbox').check()
    await rows(page).nth(1).getByRole('checkbox').check()
    expect(await boxes.count()).toBeGreaterThan(2)
    const names = await download(page, async () => {
      await bar(page).getByRole('button', { name: 'Export' }).click()
      await page.getByRole('menuitem', { name: /CSV/ }).click()
    })
    expect(names).toHaveLength(3)
    // A preview changes nothing, and so has nothing to undo.
    const changes: string[] = []
    page.on('response', (response) => {
      if (!response.url().endsWith('/leads/bulk')) return
      void response.json().then(
        ({ change_id: id }: { change_id: string | null }) => id && changes.push(id),
        () => undefined, // The browser has let go of it: what was done shows below all the same.
      )
    })
    await bar(page).getByRole('button', { name: 'Edit' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Status', { exact: true }).selectOption('won')
    await expect(dialog.getByText('2 leads will change')).toBeVisible()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Change 2 leads' }).dblclick()
    await expect(page.getByText('2 leads changed', { exact: true })).toBeVisible()
    await expect(bar(page)).toBeHidden()
    await expect(page.getByRole('row', { name: /Won/ })).toHaveCount(2)
    expect(changes.length).toBeLessThanOrEqual(1)
    await page.keyboard.press('Control+z')
    await expect(page.getByText('2 leads put back', { exact: true })).toBeVisible()
    await expect(page.getByRole('row', { name: /Won/ })).toHaveCount(0)
  })

  await test.step('who is no administrator claims what is free, and is offered nothing else', async () => {
    await guest.goto('/leads')
    await rows(guest).nth(0).getByRole('checkbox').check()
    await expect(bar(guest).getByRole('button', { name: 'Assign' })).toHaveCount(0)
    await bar(guest)
      .getByRole('button', { name: /Select all/ })
      .click()
    await bar(guest).getByRole('button', { name: 'Claim' }).click()
    await guest.getByRole('button', { name: /^Claim \d+ leads?$/ }).click()
    await expect(guest.getByText(/^\d+ leads? changed$/)).toBeVisible()
    const { items } = await call(mika, 'GET', '/leads?filter=owner%20%3D%20me')
    expect(items.length).toBeGreaterThan(2)
  })

  await test.step('a deleted view comes back by one press', async () => {
    await page.goto(shared)
    const tab = tabs(page).getByRole('link', { name: /Worth a call/ })
    await expect(tab).toBeVisible()
    await page.getByRole('button', { name: 'What to do with the view Worth a call' }).click()
    await page.getByRole('menuitem', { name: 'Delete the view' }).click()
    await expect(tab).toHaveCount(0)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(tab).toHaveAttribute('aria-current', 'page')
    // As itself: links to it that others keep work again.
    expect(new URL(page.url()).searchParams.get('view')).toBe(
      new URL(shared).searchParams.get('view'),
    )
  })
  await guest.context().close()
})
