import axios, { isAxiosError } from 'axios'

import { toProblem } from '@/api/problem'

/** Where the API lives: this page's own origin, or VITE_API_URL when built alone. */
const apiOrigin = (import.meta.env.VITE_API_URL ?? '').replace(/\/$/, '')

const API_PREFIX = '/api/v1'

export const apiBase = apiOrigin + API_PREFIX

export const http = axios.create({
  baseURL: apiBase,
  withCredentials: true,
  timeout: 60_000,
  // The server takes a cookie session's writes only with this header, which no
  // foreign page can set without the server's consent.
  headers: { 'X-Winnow-CSRF': '1' },
  paramsSerializer: { indexes: null },
})

/** What to do with the calls that an ended session refused. */
interface SessionGuard {
  /** Asks for the password again; the calls wait until it is resolved, and go again. */
  ask: () => Promise<void>
}

let guard: SessionGuard | null = null

/**
 * While a page is open, an ended session is asked about over the page instead
 * of losing what is on it. Without a guard the refused call just fails.
 */
export function guardSession(next: SessionGuard): () => void {
  guard = next
  return () => {
    if (guard === next) guard = null
  }
}

type VersionListener = (version: string) => void
const versionListeners = new Set<VersionListener>()
let serverVersion: string | null = null

/** Calls back when the server's build is no longer the one this page came with. */
export function onNewVersion(listener: VersionListener): () => void {
  versionListeners.add(listener)
  return () => versionListeners.delete(listener)
}

function noteVersion(version: unknown): void {
  if (typeof version !== 'string' || version === '') return
  serverVersion ??= version
  if (version !== serverVersion) for (const listener of versionListeners) listener(version)
}

let refreshing: Promise<void> | null = null

/**
 * Renews the session once, however many calls ask. Tabs share the refresh
 * cookie, and a token used twice ends the session, so tabs queue on a lock.
 */
function refreshSession(): Promise<void> {
  const call = async () => {
    await http.post('/auth/refresh', undefined, { noRefresh: true })
  }
  refreshing ??= (
    navigator.locks ? navigator.locks.request('winnow.refresh', call) : call()
  ).finally(() => {
    refreshing = null
  })
  return refreshing
}

http.interceptors.response.use(
  (response) => {
    noteVersion(response.headers['x-winnow-version'])
    return response
  },
  (error: unknown) => {
    if (isAxiosError(error)) noteVersion(error.response?.headers['x-winnow-version'])
    return recover(error)
  },
)

async function recover(error: unknown): Promise<unknown> {
  if (!isAxiosError(error) || !error.config || error.response?.status !== 401)
    throw toProblem(error)
  const { config } = error
  if (config.noRefresh) throw toProblem(error)
  try {
    await refreshSession()
  } catch (refused) {
    // Only the server can end a session; an unreachable one has not.
    if (toProblem(refused).status !== 401 || !guard) throw toProblem(error)
    await guard.ask()
  }
  return http.request({ ...config, noRefresh: true })
}

declare module 'axios' {
  interface AxiosRequestConfig {
    /** Set on calls whose 401 is an answer, not an expired session. */
    noRefresh?: boolean
  }
}

/** An absolute address for links the browser itself follows (downloads). */
export function apiHref(path: string): string {
  return http.getUri({ url: path })
}

/** The address of the live feed on the same host as the API. */
export function socketUrl(since: number): string {
  const origin = apiOrigin || window.location.origin
  return `${origin.replace(/^http/, 'ws')}${API_PREFIX}/ws?since=${since}`
}
