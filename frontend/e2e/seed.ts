import { readFile } from 'node:fs/promises'

import { type APIRequestContext, type BrowserContext, expect, request } from '@playwright/test'

import { ADMIN, type Person } from './harness'

/** Speaks to the API as a browser would, so that a test need not click its way to what it is about. */
export async function apiOf(url: string): Promise<APIRequestContext> {
  return request.newContext({ baseURL: url, extraHTTPHeaders: { 'X-Winnow-CSRF': '1' } })
}

interface Answer {
  id: string
  status: string
  invite_url: string
  items: { id: string; name: string; version: number }[]
}

/** One call; anything but 2xx fails the test. */
export async function call(
  api: APIRequestContext,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  data?: unknown,
  headers?: Record<string, string>,
): Promise<Answer> {
  const answer = await api.fetch(`/api/v1${path}`, { method, data, headers })
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`)
  const text = await answer.text()
  return (text ? JSON.parse(text) : {}) as Answer
}

/** The first account, signed in. */
export async function firstAccount(url: string): Promise<APIRequestContext> {
  const api = await apiOf(url)
  await call(api, 'POST', '/setup', ADMIN)
  return api
}

/** The session of somebody who has an account already. */
export async function signedIn(url: string, who: Person = ADMIN): Promise<APIRequestContext> {
  const api = await apiOf(url)
  const { email, password } = who
  await call(api, 'POST', '/auth/login', { email, password, remember: true })
  return api
}

/** Lets a browser go on with the session of these calls. */
export async function enter(context: BrowserContext, api: APIRequestContext): Promise<void> {
  const { cookies } = await api.storageState()
  await context.addCookies(cookies)
}

/** Somebody invited who has joined, signed in. */
export async function member(
  admin: APIRequestContext,
  url: string,
  who: Person,
  role: 'viewer' | 'user',
): Promise<APIRequestContext> {
  const { invite_url } = await call(admin, 'POST', '/users', { email: who.email, role })
  const token = new URL(invite_url).searchParams.get('token')
  const api = await apiOf(url)
  await call(api, 'POST', '/auth/accept', { token, name: who.name, password: who.password })
  return api
}

/** The twelve enquiries of the test file, in and mapped as the guesses say. */
export async function importEnquiries(api: APIRequestContext): Promise<string> {
  return importText(api, 'enquiries.csv', await readFile('e2e/testdata/enquiries.csv'))
}

/** A file of leads, in and mapped as the guesses say. */
export async function importText(
  api: APIRequestContext,
  name: string,
  text: string | Buffer,
): Promise<string> {
  const answer = await api.post('/api/v1/leads/import', {
    multipart: { file: { name, mimeType: 'text/csv', buffer: Buffer.from(text) } },
  })
  expect(answer.ok(), await answer.text()).toBe(true)
  const { import: made } = (await answer.json()) as { import: { id: string } }
  await call(api, 'POST', `/imports/${made.id}/run`, {})
  await finished(api, `/imports/${made.id}`)
  return made.id
}

/** Every lead judged by the built-in rules. */
export async function analyse(api: APIRequestContext): Promise<string> {
  const { id } = await call(api, 'POST', '/leads/batch-analyze', { analyzer: 'rules', filter: '' })
  await finished(api, `/batches/${id}`)
  return id
}

async function finished(api: APIRequestContext, path: string): Promise<void> {
  const status = async () => (await call(api, 'GET', path)).status
  await expect.poll(status, { timeout: 30_000 }).toBe('finished')
}

/** The lead of that name. */
export async function leadOf(api: APIRequestContext, name: string): Promise<string> {
  const { items } = await call(api, 'GET', `/leads?q=${encodeURIComponent(name)}`)
  return items[0]!.id
}
