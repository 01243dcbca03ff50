import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'

import type { Duplicate } from '@/api/contract'
import { pairQuery, type QueueFilter, queueQuery } from '@/features/duplicates/queries'
import {
  following,
  readFilter,
  stepped,
  waiting,
  writeFilter,
} from '@/features/duplicates/queue-state'
import { useVerdicts, type Verdicts } from '@/features/duplicates/use-verdicts'

export interface Queue extends Verdicts {
  filter: QueueFilter
  setFilter: (change: Partial<QueueFilter>) => void
  items: Duplicate[]
  total: number
  capped: boolean
  loading: boolean
  error: Error | null
  retry: () => unknown
  more: (() => void) | null
  /** The pair at hand, which stays though the list changes; its fault when it cannot be read. */
  pair: Duplicate | null
  pairError: Error | null
  /** It is no longer what the list shows: somebody judged it meanwhile. */
  over: boolean
  choose: (id: string) => void
  step: (by: 1 | -1) => void
  /** Chooses what comes after the pair at hand. */
  next: () => void
}

/** The queue of pairs with one at hand; which one and which pairs stand in the address. */
export function useQueue(): Queue {
  const [params, setParams] = useSearchParams()
  const text = params.toString()
  const filter = useMemo(() => readFilter(new URLSearchParams(text)), [text])
  // Kept here too: the address follows a moment later, and keys come fast. It holds for the filter it was chosen under.
  const under = writeFilter(filter, null).toString()
  const [held, setHeld] = useState({ under, id: params.get('pair') })
  const chosen = held.under === under ? held.id : params.get('pair')
  const setChosen = (id: string | null) => setHeld({ under, id })
  const verdicts = useVerdicts(setChosen)
  const list = useInfiniteQuery(queueQuery(filter))
  const items = useMemo(
    () => waiting(list.data?.pages ?? [], verdicts.judging),
    [list.data, verdicts.judging],
  )
  const listed = items.find((each) => each.id === chosen)
  const settled = !!list.data && !list.isPlaceholderData
  const away = settled && chosen !== null && !listed && !verdicts.judging.has(chosen)
  const one = useQuery({ ...pairQuery(chosen), enabled: away })
  const pair = listed ?? (away ? (one.data ?? null) : null)

  // The first is taken up once and then held: a surer pair that is found must not take its place.
  const first = items[0]?.id ?? null
  if (settled && first && (chosen === null || verdicts.judging.has(chosen))) setChosen(first)
  useEffect(() => {
    const next = writeFilter(filter, chosen)
    if (next.toString() !== writeFilter(filter, params.get('pair')).toString()) {
      setParams(next, { replace: true })
    }
  }, [filter, chosen, params, setParams])

  const head = list.data?.pages[0]
  const read = list.data?.pages.flatMap((page) => page.items) ?? []
  const gone = read.filter(({ id }) => verdicts.judging.has(id)).length
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list
  return {
    ...verdicts,
    filter,
    setFilter: (change) => setParams(writeFilter({ ...filter, ...change }, null)),
    items,
    total: Math.max((head?.total ?? 0) - gone, 0),
    capped: head?.total_capped ?? false,
    loading: list.isPending,
    error: list.data ? null : list.error,
    retry: list.refetch,
    more: hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : null,
    pair,
    pairError: away ? one.error : null,
    over: !!pair && pair.state !== filter.state,
    choose: setChosen,
    step: (by) => setChosen(stepped(items, chosen, by)),
    next: () => setChosen(following(items, chosen)),
  }
}
