import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, test } from '@playwright/test'
import { build } from 'vite'

import { ADMIN, observe } from './harness'
import { freePort, startServer } from './server'
import { serveFiles } from './static-server'

/**
 * The app built alone and served from another origin than the API, as from a
 * CDN. Both are on localhost, so they are one site to the SameSite cookies.
 */
test('the app works from another origin that the server allows', async ({ page }) => {
  test.slow()
  const [apiPort, appPort] = [await freePort(), await freePort()]
  const api = `http://localhost:${apiPort}`
  const app = `http://localhost:${appPort}`
  const dist = await mkdtemp(join(tmpdir(), 'winnow-app-'))
  process.env.VITE_API_URL = api
  await build({ logLevel: 'error', build: { outDir: dist, emptyOutDir: true } })
  delete process.env.VITE_API_URL
  const files = await serveFiles(dist, appPort, api)
  const server = await startServer({ WINNOW_ALLOWED_ORIGINS: app }, apiPort)
  const watch = { dialogs: [], violations: [], foreign: [], crashes: [] }
  await observe(page, [app, api], watch)
  try {
    await page.goto(app)
    await expect(page).toHaveURL(`${app}/setup`)
    await page.getByLabel('Your name').fill(ADMIN.name)
    await page.getByLabel('E-mail').fill(ADMIN.email)
    await page.getByLabel('Password', { exact: true }).fill(ADMIN.password)
    await page.getByRole('button', { name: 'Create account' }).click()
    await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible()
    // The socket's origin is allowed as well.
    await expect(page.getByRole('img', { name: /^Live/ })).toBeVisible()
    await page.goto(`${app}/imports/new`)
    await page.getByLabel('Choose a file').setInputFiles('e2e/testdata/enquiries.csv')
    await page.getByRole('button', { name: 'Check what will happen' }).click()
    await page.getByRole('button', { name: /^Import \d+ leads?$/ }).click()
    await expect(page.getByRole('heading', { name: 'Import finished' })).toBeVisible()
    await page.goto(`${app}/leads`)
    await expect(page.getByRole('link', { name: 'Marta Kowalczyk' })).toBeVisible()
    await page.reload()
    await expect(page.getByRole('link', { name: 'Marta Kowalczyk' })).toBeVisible()
    expect(watch).toEqual({ dialogs: [], violations: [], foreign: [], crashes: [] })
  } finally {
    await server.stop()
    await files.stop()
    await rm(dist, { recursive: true, force: true })
  }
})

test('an origin that is not named gets nothing', async ({ page }) => {
  const [apiPort, appPort] = [await freePort(), await freePort()]
  const dist = await mkdtemp(join(tmpdir(), 'winnow-app-'))
  const files = await serveFiles(dist, appPort, `http://localhost:${apiPort}`)
  const server = await startServer({}, apiPort)
  try {
    await page.goto(`http://localhost:${appPort}/`)
    const outcome = await page.evaluate(async (api) => {
      const get = await fetch(`${api}/api/v1/setup`, { credentials: 'include' }).then(
        () => 'read',
        () => 'refused',
      )
      const socket = await new Promise<string>((done) => {
        const ws = new WebSocket(`${api.replace('http', 'ws')}/api/v1/ws`)
        ws.onopen = () => done('open')
        ws.onerror = () => done('refused')
      })
      return { get, socket }
    }, `http://localhost:${apiPort}`)
    expect(outcome).toEqual({ get: 'refused', socket: 'refused' })
  } finally {
    await server.stop()
    await files.stop()
    await rm(dist, { recursive: true, force: true })
  }
})
