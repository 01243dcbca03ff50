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

type SignedOutListener = () => void
const signedOutListeners = new Set<SignedOutListener>()

/** Calls back when the session has ended for good; returns the unsubscriber. */
export function onSignedOut(listener: SignedOutListener): () => void {
  signedOutListeners.add(listener)
  return () => signedOutListeners.delete(listener)
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

http.interceptors.response.use(undefined, async (error: unknown) => {
  if (!isAxiosError(error) || !error.config || error.response?.status !== 401)
    throw toProblem(error)
  const { config } = error
  if (config.noRefresh) throw toProblem(error)
  try {
    await refreshSession()
  } catch {
    for (const listener of signedOutListeners) listener()
    throw toProblem(error)
  }
  return http.request({ ...config, noRefresh: true })
})

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
