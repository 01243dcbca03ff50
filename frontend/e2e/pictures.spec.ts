import { test } from './harness'
import { everyPage, settled, STRANGERS, useTheme } from './pages'
import { analyse, enter, firstAccount, importEnquiries, leadOf } from './seed'

test.use({ world: 'pictures' })

const WIDTHS = [390, 1280, 1920]

/** SHOTS=1 npm run e2e -- pictures: every page, both themes, three widths, for the docs. */
test('a picture of every page', async ({ page, context, server }) => {
  test.skip(process.env.SHOTS !== '1', 'pictures are made on request')
  test.setTimeout(600_000)
  const take = async (name: string, path: string) => {
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: width === 390 ? 844 : width * 0.625 })
      await page.goto(path)
      await settled(page)
      for (const theme of ['light', 'dark'] as const) {
        await page.evaluate((next) => (document.documentElement.dataset.theme = next), theme)
        await page.mouse.move(0, 0)
        await page.evaluate(() => new Promise((done) => setTimeout(done, 200)))
        const file = `../docs/images/pages/${name}-${width}-${theme}.png`
        await page.screenshot({ path: file, animations: 'disabled', scale: 'css' })
      }
    }
  }
  await useTheme(page, 'light')
  await take('setup', '/setup')
  const api = await firstAccount(server.url)
  for (const [name, path] of STRANGERS) await take(name, path)
  const things = {
    import: await importEnquiries(api),
    batch: await analyse(api),
    lead: await leadOf(api, 'Marta Kowalczyk'),
  }
  await enter(context, api)
  for (const [name, path] of everyPage(things)) await take(name, path)
})
