import {
  keepPreviousData,
  type UseQueryResult,
  useQueries,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'

import type { Lead } from '@/api/contract'
import { headQuery, listKeys, pageQuery } from '@/features/leads/list-queries'
import { cursorsFor, knownIds, type ListHead, rowCount } from '@/features/leads/paging'
import type { LeadListParams } from '@/features/leads/queries'

export interface LeadRows {
  head: ListHead | undefined
  /** Rows of the list before, while the one asked for is read. */
  old: boolean
  ids: readonly string[]
  count: number
  at: (index: number) => Lead | undefined
  /** Of the beginning, or of a page in view. */
  error: Error | null
  retry: () => void
  /** Tells which rows are in view. */
  show: (first: number, last: number) => void
}

interface Pages {
  rows: ReadonlyMap<string, Lead>
  error: Error | null
  again: () => void
}

/** How many rows beyond those drawn are kept ready: none until the first ones are painted. */
const AHEAD = 150
const FIRST_PAINT_MS = 200

/** Pages kept beside those in view, for the way back. */
const KEEP = 4

function combine(results: UseQueryResult<Lead[]>[]): Pages {
  const rows = new Map<string, Lead>()
  for (const { data } of results) for (const lead of data ?? []) rows.set(lead.id, lead)
  const failed = results.filter((each) => each.isError && !each.data)
  return {
    rows,
    error: failed[0]?.error ?? null,
    again: () => failed.forEach((each) => void each.refetch()),
  }
}

const NONE: readonly string[] = []

/**
 * The rows of a list of any length. Only pages around the rows in view are
 * read and kept; a list that is changed shows its old rows until the new ones
 * are there.
 */
export function useLeadRows(params: LeadListParams): LeadRows {
  const client = useQueryClient()
  const [range, setRange] = useState({ first: 0, last: 20 })
  const list = useQuery({ ...headQuery(client, params), placeholderData: keepPreviousData })
  const head = list.data
  const painted = usePainted(head?.params)
  const ahead = painted || range.first > 0 ? AHEAD : 0
  const cursors = useMemo(
    () => (head ? cursorsFor(head, range.first, range.last, ahead) : []),
    [head, range, ahead],
  )
  const pages = useQueries({
    queries: cursors.map((cursor) => pageQuery(client, head?.params ?? params, cursor)),
    combine,
  })
  const ids = useMemo(() => (head ? knownIds(head) : NONE), [head])

  const near = cursors.join()
  useEffect(() => {
    if (head) dropFar(client, head, near.split(','))
  }, [client, head, near])

  const show = useCallback(
    (first: number, last: number) => {
      const wanted = (from: number, to: number) =>
        head ? cursorsFor(head, from, to, ahead).join() : ''
      // Rows that need no other pages ask for nothing.
      setRange((now) =>
        wanted(now.first, now.last) === wanted(first, last) ? now : { first, last },
      )
    },
    [head, ahead],
  )
  const { rows, again } = pages
  const at = useCallback(
    (index: number) => {
      const id = ids[index]
      return id === undefined ? undefined : rows.get(id)
    },
    [ids, rows],
  )
  return {
    head,
    old: list.isPlaceholderData,
    ids,
    count: head ? rowCount(head) : 0,
    at,
    error: list.error ?? pages.error,
    retry: () => (list.error ? void list.refetch() : again()),
    show,
  }
}

/** Forgets the rows of pages far from those in view; their ids stay known. */
function dropFar(
  client: ReturnType<typeof useQueryClient>,
  head: ListHead,
  near: readonly string[],
): void {
  const order = head.pages.map((page) => page.cursor ?? '')
  const places = near.map((cursor) => order.indexOf(cursor)).filter((i) => i >= 0)
  if (places.length === 0) return
  const low = Math.min(...places) - KEEP
  const high = Math.max(...places) + KEEP
  const kept = new Set(order.filter((_, i) => i >= low && i <= high))
  client.removeQueries({
    queryKey: listKeys.pagesOf(head.params),
    type: 'inactive',
    predicate: ({ queryKey }) => !kept.has((queryKey[2] as string | null) ?? ''),
  })
}

/** True a moment after a list was shown first. */
function usePainted(params: LeadListParams | undefined): boolean {
  const [seen, setSeen] = useState<LeadListParams>()
  useEffect(() => {
    const timer = setTimeout(() => setSeen(params), FIRST_PAINT_MS)
    return () => clearTimeout(timer)
  }, [params])
  return params !== undefined && seen === params
}
