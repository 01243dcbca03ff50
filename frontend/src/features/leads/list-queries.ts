import { type QueryClient, queryOptions } from '@tanstack/react-query'

import { answer } from '@/api/answer'
import type { Lead } from '@/api/contract'
import { leadsList } from '@/api/gen/sdk.gen'
import { type ListHead, withoutIds, withPage } from '@/features/leads/paging'
import type { LeadListParams } from '@/features/leads/queries'

/** Outside 'leads', so that a live event does not read every page anew; `sync` hears of it. */
export const listKeys = {
  heads: ['leadlist'] as const,
  head: (params: LeadListParams) => ['leadlist', params] as const,
  pages: ['leadpage'] as const,
  pagesOf: (params: LeadListParams) => ['leadpage', params] as const,
  page: (params: LeadListParams, cursor: string | null) => ['leadpage', params, cursor] as const,
  sync: (params: LeadListParams) => ['leads', 'sync', params] as const,
}

const FIRST_PAGE = 50
/** As many as the API gives at once: each page that comes in while rows fly by costs a frame. */
const PAGE = 200

async function readPage(
  params: LeadListParams,
  cursor: string | null,
  limit: number,
  signal: AbortSignal,
) {
  const call = leadsList({ signal, query: { ...params, limit, cursor: cursor ?? undefined } })
  const page = await answer(call)
  const date = Date.parse((await call).response.headers.get('date') ?? '')
  return {
    ...page,
    // The grade may be null, which the generated type cannot say.
    items: page.items as unknown as Lead[],
    readAt: Number.isNaN(date) ? null : new Date(date).toISOString(),
  }
}

/** The beginning of a list, with what is known of the rest. */
export function headQuery(client: QueryClient, params: LeadListParams) {
  return queryOptions({
    queryKey: listKeys.head(params),
    queryFn: async ({ signal }): Promise<ListHead> => {
      const page = await readPage(params, null, FIRST_PAGE, signal)
      client.setQueryData(listKeys.page(params, null), page.items)
      return {
        params,
        pages: [{ cursor: null, ids: page.items.map((lead) => lead.id) }],
        next: page.next_cursor,
        total: page.total,
        capped: page.total_capped,
        mended: page.mended ?? null,
        readAt: page.readAt,
        seen: null,
      }
    },
    staleTime: Infinity,
  })
}

/** The rows of one page; where the next one begins goes to the head. */
export function pageQuery(client: QueryClient, params: LeadListParams, cursor: string | null) {
  return queryOptions({
    queryKey: listKeys.page(params, cursor),
    queryFn: async ({ signal }): Promise<Lead[]> => {
      const limit = cursor === null ? FIRST_PAGE : PAGE
      const page = await readPage(params, cursor, limit, signal)
      const ids = page.items.map((lead) => lead.id)
      client.setQueryData<ListHead>(
        listKeys.head(params),
        (head) => head && withPage(head, cursor, ids, page.next_cursor),
      )
      return page.items
    },
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}

/** Rows whose change is on its way: what the server says of them meanwhile is old. */
const held = new Map<string, number>()

/** Keeps a lead's row as it is shown until the function that comes back is called. */
export function holdRow(id: string): () => void {
  held.set(id, (held.get(id) ?? 0) + 1)
  return () => {
    const left = (held.get(id) ?? 1) - 1
    if (left > 0) held.set(id, left)
    else held.delete(id)
  }
}

/** Puts leads into the rows that show them, without moving any. */
export function patchRows(client: QueryClient, leads: readonly Lead[], own = false): void {
  const fresh = new Map(leads.map((lead) => [lead.id, lead]))
  client.setQueriesData<Lead[]>({ queryKey: listKeys.pages }, (rows) => {
    if (!rows?.some((row) => fresh.has(row.id))) return rows
    return rows.map((row) => {
      const next = fresh.get(row.id)
      if (!next || (!own && (held.has(row.id) || next.version < row.version))) return row
      return { ...next, highlights: stillFound(row, next) }
    })
  })
}

/** A list asks for hits; a single lead comes without. They hold for texts that stayed. */
function stillFound(row: Lead, next: Lead): Lead['highlights'] {
  if (next.highlights || !row.highlights) return next.highlights
  const texts = (lead: Lead) => lead as unknown as Record<string, unknown>
  return Object.fromEntries(
    Object.entries(row.highlights).filter(([field]) => texts(row)[field] === texts(next)[field]),
  )
}

/** Takes leads that were deleted here out of every list; the rest keeps its place. */
export function dropRows(client: QueryClient, ids: readonly string[]): void {
  const gone = new Set(ids)
  client.setQueriesData<ListHead>(
    { queryKey: listKeys.heads },
    (head) => head && withoutIds(head, gone),
  )
}

/** Reads the lists anew: after a change that may have brought rows or moved them. */
export async function refreshLists(client: QueryClient): Promise<void> {
  client.removeQueries({ queryKey: listKeys.heads, type: 'inactive' })
  await client.refetchQueries({ queryKey: listKeys.heads, type: 'active' })
}
