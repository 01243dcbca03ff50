import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'e2e',
  // One real server per file. Half of a test is waiting for answers, timers and paint: two fit on two cores.
  workers: 2,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    // Without these an action that never comes to its end waits as long as the whole test.
    actionTimeout: 15_000,
    navigationTimeout: 20_000,
    locale: 'en-GB',
    timezoneId: 'UTC',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
    },
    screenshot: 'only-on-failure',
  },
})
