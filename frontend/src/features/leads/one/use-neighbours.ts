import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

import { headQuery, pageQuery } from '@/features/leads/list-queries'
import { knownIds, rowCount } from '@/features/leads/paging'
import { readPlace } from '@/features/leads/place'
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
  const client = useQueryClient()
  const [place] = useState(readPlace)
  const params = viewQuery(readView(new URLSearchParams(place ?? '')))
  const { data: head } = useQuery({ ...headQuery(client, params), enabled: place !== null })
  const ids = head ? knownIds(head) : []
  const at = ids.indexOf(id)
  const further = head && at >= ids.length - 2 && at >= 0 ? head.next : null
  // The head hears of the page itself.
  const { fetchStatus, refetch } = useQuery({
    ...pageQuery(client, params, further),
    enabled: false,
  })

  useEffect(() => {
    if (further !== null && fetchStatus === 'idle') void refetch()
  }, [further, fetchStatus, refetch])

  return {
    back: `/leads${place && place !== '?' ? place : ''}`,
    previous: (at > 0 && ids[at - 1]) || null,
    next: (at >= 0 && ids[at + 1]) || null,
    position: at + 1,
    total: head ? (head.capped ? head.total : rowCount(head)) : 0,
    capped: head?.capped ?? false,
  }
}
