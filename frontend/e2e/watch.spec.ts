import { expect, test } from '@playwright/test'

import { observe } from './harness'
import { startServer } from './server'

// The other tests trust the watch to notice; here it has something to notice.
test('the watch notices markup that reaches a page', async ({ page }) => {
  const server = await startServer()
  const watch = { dialogs: [], violations: [], foreign: [], crashes: [] }
  await observe(page, [server.url], watch)
  try {
    await page.goto(`${server.url}/login`)
    await page.evaluate(() => {
      document.body.innerHTML = '<img src="https://evil.example/x.png" onerror="alert(1)">'
    })
    await expect.poll(() => watch.violations.join('\n')).toContain('img-src')
    await expect.poll(() => watch.violations.join('\n')).toContain('script-src-attr')
    await page.evaluate(() => window.setTimeout(() => alert('hello')))
    await expect.poll(() => watch.dialogs).toEqual(['hello'])
  } finally {
    await server.stop()
  }
})
