import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'

import { answer } from '@/api/answer'
import type { Lead } from '@/api/contract'
import { leadsList } from '@/api/gen/sdk.gen'
import { listKeys, patchRows, refreshLists } from '@/features/leads/list-queries'
import { knownIds, type ListHead } from '@/features/leads/paging'
import type { LeadListParams } from '@/features/leads/queries'

export interface ListNews {
  /** Leads that came since the list was read. */
  fresh: number
  /** Leads in view that are no longer there. */
  gone: ReadonlySet<string>
}

const ALL: LeadListParams = {}
const NEWEST = '-created_at'
const NO_NEWS: ListNews = { fresh: 0, gone: new Set() }
/** The first look waits until the list has been painted. */
const QUIET_MS = 1000
/** The API takes filters of 4,000 bytes: about a hundred ids. */
const MOST_IDS = 100

async function list(query: LeadListParams & { limit: number }, signal: AbortSignal) {
  return answer(leadsList({ signal, query }))
}

function and(filter: string | undefined, clause: string): string {
  return filter ? `(${filter}) and ${clause}` : clause
}

/** When the newest lead of all came, by the server's clock. */
async function newest(signal: AbortSignal): Promise<string | null> {
  const page = await list({ sort: NEWEST, limit: 1 }, signal)
  return page.items[0]?.created_at ?? ''
}

/** How many leads came since; those of the second in which the list was read may stand in it already. */
async function countSince(head: ListHead, seen: string, signal: AbortSignal): Promise<number> {
  const { q, filter } = head.params
  const since = seen ? and(filter, `created_at > "${seen}"`) : filter
  const page = await list({ q, filter: since, sort: NEWEST, limit: MOST_IDS }, signal)
  const known = new Set(knownIds(head))
  return page.total - page.items.filter(({ id }) => known.has(id)).length
}

/** Reads the rows in view anew and puts them in place; gives those that are gone. */
async function renew(client: QueryClient, ids: readonly string[], signal: AbortSignal) {
  const gone: string[] = []
  for (let from = 0; from < ids.length; from += MOST_IDS) {
    const some = ids.slice(from, from + MOST_IDS)
    const page = await list({ filter: `id in (${some.join(',')})`, limit: MOST_IDS }, signal)
    patchRows(client, page.items as unknown as Lead[])
    const found = new Set(page.items.map((lead) => lead.id))
    gone.push(...some.filter((id) => !found.has(id)))
  }
  return gone
}

/**
 * What has happened to a list since it was read. Rows in view are renewed where
 * they stand; nothing moves under the pointer until somebody asks for it.
 */
export function useListSync(head: ListHead | undefined, visible: () => readonly string[]) {
  const client = useQueryClient()
  const quiet = useQuiet(head?.params)
  const params = head?.params ?? ALL
  const key = listKeys.sync(params)
  const sync = useQuery({
    queryKey: key,
    queryFn: async ({ signal, client }): Promise<ListNews> => {
      const now = client.getQueryData<ListHead>(listKeys.head(params))
      if (!now) return NO_NEWS
      if (now.seen === null) {
        const fresh = now.readAt === null ? 0 : await countSince(now, now.readAt, signal)
        const seen = now.readAt ?? (await newest(signal))
        client.setQueryData<ListHead>(listKeys.head(params), (held) => held && { ...held, seen })
        return { fresh, gone: NO_NEWS.gone }
      }
      const [fresh, gone] = await Promise.all([
        countSince(now, now.seen, signal),
        renew(client, visible(), signal),
      ])
      // Pages out of view are read again when they come into it.
      void client.invalidateQueries({ queryKey: listKeys.pagesOf(params), refetchType: 'none' })
      return { fresh, gone: new Set(gone) }
    },
    enabled: quiet,
    staleTime: Infinity,
  })

  const refresh = useCallback(async () => {
    await refreshLists(client)
    client.setQueryData(listKeys.sync(params), NO_NEWS)
    await client.invalidateQueries({ queryKey: listKeys.sync(params) })
  }, [client, params])
  return { news: sync.data ?? NO_NEWS, refresh }
}

/** True once a list has stood for a moment. */
function useQuiet(params: LeadListParams | undefined): boolean {
  const key = params && JSON.stringify(params)
  const [settled, setSettled] = useState<string>()
  useEffect(() => {
    if (key === undefined) return
    const timer = setTimeout(() => setSettled(key), QUIET_MS)
    return () => clearTimeout(timer)
  }, [key])
  return key !== undefined && settled === key
}

/** The ids in view, for whoever asks now. */
export function useVisibleIds(ids: readonly string[]) {
  const range = useRef({ first: 0, last: 0 })
  const latest = useRef(ids)
  useEffect(() => {
    latest.current = ids
  })
  const visible = useCallback(
    () => latest.current.slice(range.current.first, range.current.last + 1),
    [],
  )
  const setVisible = useCallback((first: number, last: number) => {
    range.current = { first, last }
  }, [])
  return { visible, setVisible }
}
