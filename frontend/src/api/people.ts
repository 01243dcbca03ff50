import { queryOptions } from '@tanstack/react-query'

import { answer } from '@/api/answer'
import { usersList } from '@/api/gen/sdk.gen'

/** Everybody's names, for owners and for who did what. */
export const peopleQuery = queryOptions({
  queryKey: ['people'] as const,
  queryFn: async ({ signal }) => (await answer(usersList({ signal }))).items,
  staleTime: 60_000,
})
