import { readFile } from 'node:fs/promises'

import { expect, expectAccessible, test } from './harness'
import { call, enter, firstAccount } from './seed'

test.use({ world: 'imports' })

const STOCK =
  'Name,Email,Company,Title\nOda Kray,oda@kray.example,Kray Foods,Buyer\nPim Aster,pim@aster.example,Aster Steel,\n'

/** A damaged file: a quote that never closes in its first line, an address that is none, a row that says nothing. */
const BROKEN = [
  'Name;Email;Company;Title;Phone',
  'Oda Kray;oda@kray.example;Kray Foods;Head of buying;',
  'Pim Aster;pim@aster.example;Aster Steel;Owner;+1 512 555 0123',
  'Nell Brack;nell@brack.example;Brack Tools;CEO;',
  ';;;;not a phone',
  'Roy Tarn;roy at tarn;Tarn Logistics;CFO;',
].join('\n')

test('a file is checked, overwrites, is mended where it is broken, and is taken back', async ({
  page,
  server,
}) => {
  const api = await firstAccount(server.url)
  await enter(page.context(), api)

  await test.step('the stock comes in', async () => {
    await page.goto('/imports/new')
    await page.locator('input[type=file]').setInputFiles({
      name: 'stock.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(STOCK),
    })
    await page.getByRole('button', { name: 'Check what will happen' }).click()
    await page.getByRole('button', { name: 'Import 2 leads' }).click()
    await expect(page.getByText('Import finished')).toBeVisible()
  })

  await test.step('the next file may overwrite; the check says what changes and what stays out', async () => {
    await page.goto('/imports/new')
    await page.locator('input[type=file]').setInputFiles({
      name: 'broken.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(BROKEN),
    })
    await page.getByText('Change', { exact: true }).click()
    await page.getByLabel("Take the file's values").check()
    await page.getByLabel('Tags for every lead').fill('fair')
    await page.getByRole('button', { name: 'Check what will happen' }).click()
    await page.getByRole('button', { name: /^Changed 2/ }).click()
    await expect(page.getByText('+ Head of buying')).toBeVisible()
    await expect(page.getByRole('button', { name: /^Rejected 1/ })).toBeVisible()
    await page.getByRole('button', { name: 'Import 4 leads' }).click()
    await expect(page.getByText('Import finished')).toBeVisible()
  })

  await test.step('the rejected row is downloaded with its reason', async () => {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download rejected rows' }).click(),
    ])
    expect(await readFile(await file.path(), 'utf8')).toContain('not a phone')
  })

  await test.step('somebody works with one of the new leads', async () => {
    const nell = (await call(api, 'GET', '/leads?q=nell')).items[0]!
    await call(
      api,
      'PUT',
      `/leads/${nell.id}`,
      { industry: 'Tools' },
      { 'If-Match': `"${nell.version}"` },
    )
  })

  await test.step('undoing says row by row what it does, then does it', async () => {
    await page.getByRole('button', { name: 'Undo import' }).click()
    const dialog = page.getByRole('dialog', { name: 'Undo this import?' })
    await expect(dialog.getByText('1 lead goes to the bin')).toBeVisible()
    await expect(dialog.getByText("2 rows' changes are taken back")).toBeVisible()
    await expect(dialog.getByText('1 row stays, wholly or in part')).toBeVisible()
    await expect(dialog.getByText('changed since', { exact: true })).toBeVisible()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Undo import' }).dblclick()
    await expect(page.getByText('Import undone')).toBeVisible()
    const names = (await call(api, 'GET', '/leads?sort=name')).items
    expect(names.map((lead) => lead.name)).toEqual(['Nell Brack', 'Oda Kray', 'Pim Aster'])
    const oda = (await call(api, 'GET', '/leads?q=oda')).items[0] as unknown as {
      title: string
      tags: string[]
    }
    expect(oda).toMatchObject({ title: 'Buyer', tags: [] })
  })

  await test.step('a misspelt search finds what was meant', async () => {
    await expect
      .poll(async () => (await call(api, 'GET', '/leads?q=astre')).items.length, {
        timeout: 15_000,
      })
      .toBe(1)
    await page.goto('/leads?q=astre')
    await expect(page.getByText('Nothing found for “astre”. These are for “aster”.')).toBeVisible()
    await expect(page.getByRole('row', { name: /Pim Aster/ })).toBeVisible()
  })
})
