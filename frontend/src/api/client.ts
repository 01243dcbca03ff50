import { ApiProblem, answeredProblem, unanswered } from '@/api/problem'
import { noteServerTime } from '@/utils/clock'

/** Where the API lives: this page's own origin, or VITE_API_URL when built alone. */
const apiOrigin = (import.meta.env.VITE_API_URL ?? '').replace(/\/$/, '')

const API_PREFIX = '/api/v1'

export const apiBase = (apiOrigin || window.location.origin) + API_PREFIX

/**
 * The server takes a cookie session's writes only with this header, which no
 * foreign page can set without the server's consent.
 */
export const OURS = { 'X-Winnow-CSRF': '1' }

const PATIENCE_MS = 60_000

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

/** The server's version, as the first answer told it. */
export const noted = (): string | null => serverVersion

function noteVersion(version: string | null): void {
  if (!version) return
  serverVersion ??= version
  if (version !== serverVersion) for (const listener of versionListeners) listener(version)
}

/** Sends a call once; the answer may be a refusal. */
type Send = () => Promise<Response>

/** No content, reset content, not modified. */
export const BODILESS: ReadonlySet<number> = new Set([204, 205, 304])

/** An answer that breaks off while it comes is none, so it is read whole here. */
async function wholeAnswer(send: Send): Promise<Response> {
  try {
    const response = await send()
    // Some browsers give an answer without a body an empty stream for one.
    const body = BODILESS.has(response.status) ? null : await response.arrayBuffer()
    return new Response(body, response)
  } catch (error) {
    throw unanswered(error)
  }
}

async function sendOnce(send: Send): Promise<Response> {
  const response = await wholeAnswer(send)
  noteVersion(response.headers.get('x-winnow-version'))
  noteServerTime(response.headers.get('date'))
  if (!response.ok) throw await answeredProblem(response)
  return response
}

/**
 * The door every call goes through. A refusal is thrown as a problem; a call
 * that an ended session refused goes again when the session is renewed.
 */
export async function throughDoor(send: Send): Promise<Response> {
  try {
    return await sendOnce(send)
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 401) throw error
    await renewSession(error)
    return sendOnce(send)
  }
}

let refreshing: Promise<void> | null = null

/**
 * Renews the session once, however many calls ask. Tabs share the refresh
 * cookie, and a token used twice ends the session, so tabs queue on a lock.
 */
function refreshSession(): Promise<void> {
  const call = async () => {
    await fetchAsStranger(apiBase + '/auth/refresh', {
      method: 'POST',
      credentials: 'include',
      headers: OURS,
    })
  }
  refreshing ??= (
    navigator.locks ? navigator.locks.request('winnow.refresh', call) : call()
  ).finally(() => {
    refreshing = null
  })
  return refreshing
}

async function renewSession(refusal: ApiProblem): Promise<void> {
  try {
    await refreshSession()
  } catch (error) {
    // Only the server can end a session; an unreachable one has not.
    if (!(error instanceof ApiProblem) || error.status !== 401 || !guard) throw refusal
    await guard.ask()
  }
}

function sender(request: Request, patienceMs: number | null): Send {
  return () => {
    const signal = patienceMs
      ? AbortSignal.any([request.signal, AbortSignal.timeout(patienceMs)])
      : request.signal
    // A body can be sent once, and a call may have to go twice.
    return fetch(request.body ? request.clone() : request, { signal })
  }
}

/** The browser's fetch through our door, for answers that may take so long; null for no limit. */
export function fetchWithin(patienceMs: number | null): typeof fetch {
  return (input, init) => throughDoor(sender(new Request(input, init), patienceMs))
}

/** The fetch of the generated calls; a server that says nothing for a minute is away. */
export const apiFetch = fetchWithin(PATIENCE_MS)

/** For calls whose 401 is an answer, not an ended session. */
export const fetchAsStranger: typeof fetch = (input, init) =>
  sendOnce(sender(new Request(input, init), PATIENCE_MS))

/** An address for links the browser itself follows (downloads). */
export function apiHref(path: string): string {
  return apiOrigin + API_PREFIX + path
}

/** The address of the live feed on the same host as the API. */
export function socketUrl(since: number): string {
  return `${apiBase.replace(/^http/, 'ws')}/ws?since=${since}`
}
