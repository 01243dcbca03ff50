import type { InfiniteData, QueryClient } from '@tanstack/react-query'

interface Page {
  items: { id: string }[]
  total: number
}

/** Takes a pair out of every list that was read, until the server is asked again. */
export function dropPair(client: QueryClient, id: string): void {
  client.setQueriesData<InfiniteData<Page>>({ queryKey: ['duplicates', 'queue'] }, (data) =>
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
