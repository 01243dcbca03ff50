import type { InfiniteData, QueryClient } from '@tanstack/react-query'

import type { LiveEvent } from '@/api/contract'

interface Page {
  items: { id: string; a?: { id: string }; b?: { id: string } }[]
  total: number
}

const QUEUE = ['duplicates', 'queue'] as const

/** Takes a pair out of every list that was read, until the server is asked again. */
export function dropPair(client: QueryClient, id: string): void {
  client.setQueriesData<InfiniteData<Page>>({ queryKey: QUEUE }, (data) =>
    data?.pages.some((page) => page.items.some((each) => each.id === id))
      ? {
          ...data,
          pages: data.pages.map((page) => ({
            ...page,
            items: page.items.filter((each) => each.id !== id),
            total: page.total - 1,
          })),
        }
      : data,
  )
}

/** Renews what is known of pairs, except the lists in view: those are right, and are read anew when next opened. */
export async function renewBesideLists(client: QueryClient): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: QUEUE, refetchType: 'none' }),
    client.invalidateQueries({
      queryKey: ['duplicates'],
      predicate: ({ queryKey }) => queryKey[1] !== 'queue',
    }),
  ])
}

/** The lists in view, each with the state of the pairs that it shows. */
function inView(client: QueryClient): { state: unknown; pages: Page[] }[] {
  return client
    .getQueriesData<InfiniteData<Page>>({ queryKey: QUEUE, type: 'active' })
    .map(([key, data]) => ({
      state: (key[2] as { state?: unknown } | undefined)?.state,
      pages: data?.pages ?? [],
    }))
}

/**
 * Applies an event to the lists in view; true when they are right then, and need not be read again: somebody who goes
 * through a long queue would read all of it at each step.
 */
export function listsFollow(client: QueryClient, event: LiveEvent): boolean {
  const { pair_id: pair, state } = (event.data ?? {}) as { pair_id?: string; state?: string }
  const lists = inView(client)
  switch (event.type) {
    case 'duplicate.judged':
      if (!pair || state === 'open' || lists.some((list) => list.state === state)) return false
      dropPair(client, pair)
      return true
    case 'lead.updated':
    case 'lead.merged':
    case 'lead.deleted':
      return !lists.some(({ pages }) =>
        pages.some(({ items }) =>
          items.some(({ a, b }) => a?.id === event.subject.id || b?.id === event.subject.id),
        ),
      )
    default:
      return false
  }
}
