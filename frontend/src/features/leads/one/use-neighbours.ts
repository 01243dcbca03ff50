import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

import { readPlace } from '@/features/leads/place'
import { leadListQuery } from '@/features/leads/queries'
import { readView, viewQuery } from '@/features/leads/view-state'

export interface Neighbours {
  /** The address of the list that the lead was come to from. */
  back: string
  previous: string | null
  next: string | null
  /** The place in the list from 1, 0 when the lead is not in it. */
  position: number
  total: number
  capped: boolean
}

/**
 * The leads before and after this one in the list that was open last. The
 * order is the one that was seen there: it does not change under the reader
 * while grades come in.
 */
export function useNeighbours(id: string): Neighbours {
  const [place] = useState(readPlace)
  const params = viewQuery(readView(new URLSearchParams(place ?? '')))
  // Off: so that live events do not read the list anew from here.
  const list = useInfiniteQuery({ ...leadListQuery(params), enabled: false })
  const { data, isFetching, hasNextPage, refetch, fetchNextPage } = list
  const leads = data?.flatMap((page) => page.items) ?? []
  const at = leads.findIndex((lead) => lead.id === id)
  const atEnd = at >= 0 && at >= leads.length - 2

  useEffect(() => {
    if (place === null || isFetching) return
    if (!data) void refetch()
    else if (atEnd && hasNextPage) void fetchNextPage()
  }, [place, data, isFetching, atEnd, hasNextPage, refetch, fetchNextPage])

  return {
    back: `/leads${place && place !== '?' ? place : ''}`,
    previous: (at > 0 && leads[at - 1]?.id) || null,
    next: (at >= 0 && leads[at + 1]?.id) || null,
    position: at + 1,
    total: data?.[0]?.total ?? 0,
    capped: data?.[0]?.total_capped ?? false,
  }
}
