import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { chromium, type Page } from '@playwright/test'
import lighthouse, { desktopConfig } from 'lighthouse'

import { freePort, startServer } from './server.ts'

/** Figures below this fail. */
const LEAST = 95
const CATEGORIES = ['performance', 'accessibility', 'best-practices']

/** The pages people work in, on the real program, signed in, with the sample leads. */
async function main(): Promise<void> {
  const server = await startServer({}, undefined, 'lighthouse')
  const profile = await mkdtemp(join(tmpdir(), 'winnow-lighthouse-'))
  const port = await freePort()
  // The default context is the one that Lighthouse opens its pages in, so it is signed in too.
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--disable-gpu',
      `--remote-debugging-port=${port}`,
    ],
  })
  try {
    const lead = await prepare(await browser.newPage(), server.url)
    let good = true
    for (const [name, path] of [
      ['home', '/'],
      ['leads', '/leads'],
      ['lead', lead],
    ] as const) {
      good = (await measure(name, `${server.url}${path}`, port)) && good
    }
    if (!good) process.exitCode = 1
  } finally {
    await browser.close()
    await server.stop()
    await rm(profile, { recursive: true, force: true })
  }
}

/** An account and sample leads; answers the path of one lead. */
async function prepare(page: Page, url: string): Promise<string> {
  await page.goto(`${url}/setup`)
  await page.getByLabel('Your name').fill('Robin Vale')
  await page.getByLabel('E-mail').fill('robin@example.com')
  await page.getByLabel('Password', { exact: true }).fill('plain words work well')
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByRole('button', { name: 'Try with sample leads' }).click()
  await page.getByText('Ten sample leads added', { exact: true }).waitFor()
  await page.goto(`${url}/leads`)
  const path = await page.getByRole('row').nth(1).getByRole('link').first().getAttribute('href')
  await page.close()
  if (!path) throw new Error('the list of leads has no link to a lead')
  return path
}

/** Prints the figures of one page; false when one is too low. */
async function measure(name: string, url: string, port: number): Promise<boolean> {
  const result = await lighthouse(
    url,
    { port, onlyCategories: CATEGORIES, logLevel: 'error' },
    desktopConfig,
  )
  if (!result) throw new Error(`no figures for ${url}`)
  const { lhr } = result
  if (lhr.runtimeError) throw new Error(`${name}: ${lhr.runtimeError.message}`)
  if (new URL(lhr.finalDisplayedUrl).pathname !== new URL(url).pathname)
    throw new Error(`${name}: ended at ${lhr.finalDisplayedUrl}`)
  const figures = CATEGORIES.map((id) => ({
    id,
    figure: Math.round((lhr.categories[id]?.score ?? 0) * 100),
  }))
  say(`${name.padEnd(6)} ${figures.map(({ id, figure }) => `${id} ${figure}`).join(', ')}`)
  const low = figures.filter(({ figure }) => figure < LEAST)
  for (const { id } of low) {
    for (const { id: audit, weight } of lhr.categories[id]?.auditRefs ?? []) {
      const found = lhr.audits[audit]
      if (weight > 0 && found?.score !== null && (found?.score ?? 1) < 0.9)
        say(`  below ${LEAST}, ${id}: ${found?.title ?? audit} ${found?.displayValue ?? ''}`)
    }
  }
  return low.length === 0
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

await main()
