import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test'

import { installProbe, readNotes } from './probe.ts'
import { latency, mean, type Measure, ms, percentile } from './stats.ts'
import { signIn } from './world.ts'

const ROW = 36
const FIRST_ROW = '[role="row"][data-row="0"] a'
const VIEW = { width: 1440, height: 900 }

export async function signedIn(browser: Browser, url: string): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: VIEW })
  await context.addCookies((await signIn(url)).map((cookie) => ({ ...cookie, url })))
  await context.addInitScript(installProbe)
  return context
}

/** From the start of navigation, cold browser cache, to rows painted and a first key answered. */
export async function timeToInteractive(
  browser: Browser,
  url: string,
  rounds: number,
): Promise<Measure> {
  const times: number[] = []
  const painted: number[] = []
  // The first round warms the server, and is not counted.
  for (let round = 0; round <= rounds; round++) {
    const context = await signedIn(browser, url)
    const page = await context.newPage()
    await page.goto(`${url}/leads`, { waitUntil: 'commit' })
    await page.waitForFunction((row) => document.querySelector(row) !== null, FIRST_ROW)
    const rows = await page.evaluate(() => performance.now())
    await page.keyboard.press('j')
    await page.waitForFunction(() => window.bench.interactive !== null)
    const { interactive } = await readNotes(page)
    await context.close()
    if (round === 0) continue
    times.push(interactive!)
    painted.push(rows)
  }
  const p50 = percentile(times, 0.5)
  const worst = Math.max(...times)
  return {
    what: 'Leads opened: rows painted and a key answered',
    size: `${rounds} times, cold browser cache`,
    measured: `p50 ${ms(p50)}, worst ${ms(worst)} (rows after ${ms(percentile(painted, 0.5))})`,
    target: '< 1 s',
    met: worst < 1000,
    figures: { p50, worst, rows_p50: percentile(painted, 0.5) },
  }
}

export async function openLeads(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${url}/leads`)
  await page.waitForSelector(FIRST_ROW)
  // Code for editing and the first look for news come after the first second.
  await page.waitForTimeout(2500)
  return page
}

interface Frames {
  intervals: number[]
  pending: number
  blank: number
  rows: number
}

/** The rows are scrolled as by a wheel that does not stop; the page counts its frames. */
export async function scrolling(page: Page, rows: number, perSecond: number): Promise<Measure> {
  const cdp = await page.context().newCDPSession(page)
  const frames = await countFrames(page, () => scroll(cdp, rows * ROW, perSecond * ROW))
  const fps = 1000 / mean(frames.intervals)
  const p95 = percentile(frames.intervals, 0.95)
  const worst = Math.max(...frames.intervals)
  const share = (frames.pending / Math.max(1, frames.rows)) * 100
  return {
    what: `Scrolling at ${perSecond} rows a second`,
    size: `${rows} rows, ${frames.intervals.length} frames`,
    measured: `${fps.toFixed(1)} frames/s, p95 ${ms(p95)}, worst ${ms(worst)}; ${share.toFixed(1)} % of rows in view not read yet, ${frames.blank} frames with a gap`,
    target: '≥ 55 frames/s',
    met: fps >= 55,
    figures: {
      fps,
      p95,
      worst,
      pending_percent: share,
      frames_with_gap_count: frames.blank,
    },
  }
}

async function scroll(cdp: CDPSession, distance: number, speed: number): Promise<void> {
  await cdp.send('Input.synthesizeScrollGesture', {
    x: VIEW.width / 2,
    y: VIEW.height / 2,
    yDistance: -distance,
    speed,
    gestureSourceType: 'mouse',
    preventFling: true,
  })
}

async function countFrames(page: Page, act: () => Promise<void>): Promise<Frames> {
  const counting = page.evaluate(async (size) => {
    const grid = document.querySelector<HTMLElement>('[role="grid"]')!
    const seen = { intervals: [] as number[], pending: 0, blank: 0, rows: 0 }
    const note = () => {
      const first = Math.floor(grid.scrollTop / size)
      const last = Math.floor((grid.scrollTop + grid.clientHeight - size) / size)
      let there = 0
      for (let row = first; row < last; row++) {
        const drawn = grid.querySelector(`[data-row="${row}"]`)
        if (drawn) there++
        if (drawn?.hasAttribute('data-pending')) seen.pending++
      }
      seen.rows += last - first
      if (there < last - first) seen.blank++
    }
    let before = 0
    let still = 0
    let moved = false
    let top = grid.scrollTop
    return new Promise<typeof seen>((done) => {
      const frame = (at: number) => {
        if (grid.scrollTop !== top) {
          if (moved) seen.intervals.push(at - before)
          moved = true
          still = 0
          note()
        } else if (moved && ++still > 30) return done(seen)
        top = grid.scrollTop
        before = at
        requestAnimationFrame(frame)
      }
      requestAnimationFrame(frame)
    })
  }, ROW)
  await act()
  return counting
}

const WORDS = ['inventory', 'fasteners pune', 'late dispatch', 'spreadsheet']

/** Letters typed into the search field, while their results come in. */
export async function typingSearch(page: Page): Promise<Measure> {
  const field = page.getByLabel('Search leads')
  await field.click()
  const from = await watchKeys(page)
  for (const word of WORDS) {
    await field.pressSequentially(word, { delay: 90 })
    await page.waitForTimeout(600)
    await field.press('ControlOrMeta+a')
  }
  await field.press('Delete')
  const keys = await endKeys(page, from)
  await page.waitForTimeout(600)
  return latency('Letter in the search field to paint', `${keys.length} keys`, keys, 50)
}

/** Letters typed into a cell that is edited where it stands. */
export async function typingEdit(page: Page): Promise<Measure> {
  const cell = page.locator('[data-row="2"] [data-col="company"]')
  await cell.click()
  await page.keyboard.press('e')
  await cell.locator('input').waitFor()
  const from = await watchKeys(page)
  await page.keyboard.type('Brightwater Cold Chain Logistics and Packaging', { delay: 60 })
  const keys = await endKeys(page, from)
  await page.keyboard.press('Escape')
  return latency('Letter in a cell to paint', `${keys.length} keys`, keys, 50)
}

async function watchKeys(page: Page): Promise<number> {
  return page.evaluate(() => {
    window.bench.watchKeys(true)
    return window.bench.keys.length
  })
}

async function endKeys(page: Page, from: number): Promise<number[]> {
  await page.waitForTimeout(100)
  await page.evaluate(() => window.bench.watchKeys(false))
  return (await readNotes(page)).keys.slice(from)
}

/** No two alike, so that none is answered from what was read before. */
const FILTERS = [
  ...[40, 45, 50, 55, 60, 65, 70, 75].map((score) => `score >= ${score}`),
  ...['A+', 'A', 'B', 'C', 'D'].map((grade) => `grade = ${grade}`),
  ...['linkedin', 'reddit', 'indiamart', 'google_maps', 'website'].map((s) => `source = ${s}`),
  ...['vip', 'fair', 'warm', 'cold'].map((tag) => `tags has ${tag}`),
  'status = qualified and score > 55',
  'status = new',
  'status = disqualified',
  'grade in (A+,A) and source = linkedin',
  'grade in (A+,A,B) and tags has vip',
  'title = Owner',
  'title = CEO and score > 50',
  'created_at > -14d',
  'not (tags has cold) and score > 60',
  'source = website and status = qualified',
]

/** From Enter in the filter's text to the rows that fit it. */
export async function filtering(page: Page): Promise<Measure> {
  for (const filter of FILTERS) {
    await page.getByRole('button', { name: 'Write a filter' }).click()
    const field = page.getByLabel('Filter as text')
    await field.fill(filter)
    const before = (await readNotes(page)).changes.length
    await page.evaluate(() => window.bench.watchChange())
    await field.press('Enter')
    await page.waitForFunction((n) => window.bench.changes.length > n, before, { timeout: 10_000 })
    await page.waitForTimeout(150)
  }
  const { changes } = await readNotes(page)
  return latency('Filter changed to its rows', `${changes.length} changes`, changes, 150)
}
