import { expect, expectAccessible, shot } from './harness'
import { enter, firstAccount, importText } from './seed'
import { test } from './with-model'

const LEADS = 90

function file(): string {
  const rows = Array.from(
    { length: LEADS },
    (_, i) =>
      `Person ${i},Owner,Works ${i} Ltd,person${i}@works${i}.example,"We lose orders every week, case ${i}."`,
  )
  return ['Name,Job Title,Company,E-mail,Post', ...rows].join('\n')
}

test('a batch with a model: cost first, live progress, pause, failures, retry', async ({
  page,
  model,
  server,
}) => {
  test.slow()
  const api = await firstAccount(server.url)
  await importText(api, 'many.csv', file())
  await enter(page.context(), api)

  await test.step('the operator says what the model costs', async () => {
    await page.goto('/settings/ai')
    await expect(page.getByText('Set up', { exact: true })).toBeVisible()
    await page.getByLabel('Price per million tokens in').fill('1')
    await page.getByLabel('Price per million tokens out').fill('4')
    await page.getByLabel('Requests per minute').fill('6000')
    await page.getByLabel('Tokens per minute').fill('9000000')
    await page.getByRole('button', { name: 'Save limits and prices' }).click()
    await expect(page.getByText('AI settings saved', { exact: true })).toBeVisible()
    await expect(page.getByLabel('Price per million tokens in')).toHaveValue('1')
  })

  await test.step('the estimate comes before the start', async () => {
    await page.goto('/leads')
    await page.getByRole('button', { name: 'Analyse' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(/^Language model/).check()
    await expect(dialog.getByText(/^up to \$0\.\d*[1-9]/)).toBeVisible()
    await expectAccessible(page)
    await shot(page, 'analyse-model')
    model.delayMs = 800
    await dialog.getByRole('button', { name: /^Analyse [\d,]+ lead/ }).click()
    await expect(page).toHaveURL(/\/batches\//)
  })

  await test.step('progress flows in without a reload; the strip shows it everywhere', async () => {
    const done = page.getByText(new RegExp(`^\\d+ of ${LEADS}$`))
    await expect(done).toBeVisible()
    await expect(done).not.toHaveText(`0 of ${LEADS}`)
    await expect(page.getByText(/\/ s$/)).toBeVisible()
    await expectAccessible(page)
    await shot(page, 'batch-running')
    const strip = page.getByRole('navigation').getByRole('progressbar')
    await expect(strip).toBeVisible()
  })

  await test.step('pause holds it, resume goes on', async () => {
    await page.getByRole('main').getByRole('button', { name: 'Pause' }).click()
    await expect(page.getByRole('main').getByText('Paused', { exact: true })).toBeVisible()
    model.broken = true
    model.delayMs = 20
    await page.getByRole('main').getByRole('button', { name: 'Resume' }).click()
    await expect(page.getByText(/The answer|answer/).first()).toBeVisible({ timeout: 60_000 })
    await shot(page, 'batch-failures')
  })

  await test.step('what failed is tried again', async () => {
    await expect(page.getByRole('main').getByText('Finished', { exact: true })).toBeVisible({
      timeout: 90_000,
    })
    model.broken = false
    await page.getByRole('button', { name: 'Retry all' }).click()
    await expect(page.getByText(`Analysed ${LEADS}`)).toBeVisible({ timeout: 60_000 })
    await expect(page.getByText('No lead has failed.')).toBeVisible()
  })

  await test.step('the same again costs nothing', async () => {
    const calls = model.calls
    await page.goto('/leads')
    await page.getByRole('button', { name: 'Analyse' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(/^Language model/).check()
    await expect(dialog.getByText(new RegExp(`${LEADS} answered from the cache`))).toBeVisible()
    await expect(dialog.getByText('free', { exact: true })).toBeVisible()
    await dialog.getByRole('button', { name: /^Analyse [\d,]+ lead/ }).click()
    await expect(page.getByRole('main').getByText('Finished', { exact: true })).toBeVisible({
      timeout: 60_000,
    })
    await expect(page.getByText(`From cache ${LEADS}`)).toBeVisible()
    expect(model.calls).toBe(calls)
  })

  await test.step('a batch can be given up; the question names what stays', async () => {
    await page.goto('/profile')
    await page.getByRole('tab', { name: 'Company' }).click()
    await page.getByLabel('Name', { exact: true }).first().fill('Shelfline')
    await page.getByRole('button', { name: 'Save profile' }).click()
    await expect(page.getByText(/^Saved as version/).first()).toBeVisible()
    model.delayMs = 1500
    await page.goto('/leads')
    await page.getByRole('button', { name: 'Analyse' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(/^Language model/).check()
    await expect(dialog.getByText(new RegExp(`^${LEADS} to analyse`))).toBeVisible()
    await dialog.getByRole('button', { name: /^Analyse [\d,]+ lead/ }).click()
    await page.getByRole('main').getByRole('button', { name: 'Cancel batch' }).first().click()
    await expect(page.getByRole('dialog').getByText(/leads? stays? as/)).toBeVisible()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel batch' }).click()
    await expect(page.getByRole('main').getByText('Cancelled', { exact: true })).toBeVisible()
  })
})
