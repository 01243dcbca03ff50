import { writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'

import { chromium } from '@playwright/test'

import {
  filtering,
  openLeads,
  scrolling,
  signedIn,
  timeToInteractive,
  typingEdit,
  typingSearch,
} from './measures.ts'
import type { Measure } from './stats.ts'
import { makeWorld } from './world.ts'

const { values: options } = parseArgs({
  options: {
    leads: { type: 'string', default: '100000' },
    json: { type: 'boolean', default: false },
    write: { type: 'string' },
  },
})

/** Progress goes to stderr, so that --json stands alone. */
function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** Measures the Leads page of the real program in a real browser. */
async function main(): Promise<void> {
  const leads = Number(options.leads)
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  })
  const world = await makeWorld(leads, say).catch(async (error: unknown) => {
    await browser.close()
    throw error
  })
  try {
    const measures: Measure[] = []
    const add = (measure: Measure) => {
      measures.push(measure)
      say(`${measure.what}: ${measure.measured} (${measure.met ? 'met' : 'missed'})`)
    }
    add(await timeToInteractive(browser, world.url, 5))
    const context = await signedIn(browser, world.url)
    const page = await openLeads(context, world.url)
    add(await scrolling(page, 5000, 500))
    await page.reload()
    await page.waitForSelector('[role="row"][data-row="0"] a')
    await page.waitForTimeout(2500)
    add(await typingSearch(page))
    add(await typingEdit(page))
    add(await filtering(page))
    const machine = `${cpus().length} cores, Chromium ${browser.version()} headless`
    if (options.write) await writeFile(options.write, document(machine, leads, measures))
    if (options.json) {
      process.stdout.write(JSON.stringify({ machine, leads, measures }, null, 2) + '\n')
    } else process.stdout.write(table(measures))
  } finally {
    await browser.close()
    await world.stop()
  }
}

function table(measures: readonly Measure[]): string {
  const rows = measures.map(
    ({ what, size, measured, target, met }) =>
      `| ${what} | ${size} | ${measured} | ${target} | ${met ? 'met' : 'missed'} |\n`,
  )
  return `| what | size | measured | target | |\n|---|---|---|---|---|\n${rows.join('')}`
}

function document(machine: string, leads: number, measures: readonly Measure[]): string {
  return `# Benchmarks of the web app

Written by \`make bench-web\`. Machine: ${machine}. The real program on the built-in database with ${leads} invented leads, those of two sources analysed; the server is warm, the browser draws without a graphics card. One run, nothing else measured beside it.
Left out: networks, phones, other browsers.

${table(measures)}
How it is measured: *opened* runs from the start of navigation to the end of the frame in which a first key (j) has moved the focus to a row. *Scrolling* is one turn of the wheel without a stop; frames are counted by the page itself. A *letter* runs from the key's own time to the end of the frame that shows it. A *filter* runs from Enter in its text to the end of the frame with the new rows; every filter is asked for the first time.
`
}

await main()
