import { queryOptions } from '@tanstack/react-query'

import { load } from 'virtual:help'

/** A help page's text, which comes with the app and not from the server's API. */
export function helpQuery(slug: string) {
  return queryOptions({
    queryKey: ['help', slug] as const,
    queryFn: async () => (await load[slug]!()).page,
    staleTime: Infinity,
    networkMode: 'always',
  })
}
