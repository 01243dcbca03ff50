import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'

import { answer, ifVersion } from '@/api/answer'
import { duplicatesDecide, duplicatesPolicy, mergesList } from '@/api/gen/sdk.gen'
import type { DuplicatePolicy, DuplicatePolicyRequest } from '@/api/gen/types.gen'
import { duplicateKeys } from '@/features/duplicates/queries'
import type { Filled } from '@/types/filled'

export type Policy = Filled<DuplicatePolicy>

/** Whether pairs beyond doubt are merged without a person's word. */
export const policyQuery = queryOptions({
  queryKey: [...duplicateKeys.all, 'policy'] as const,
  queryFn: ({ signal }) => answer(duplicatesPolicy({ signal })),
})

/** Decides that. */
export function useDecide() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ version, ...body }: DuplicatePolicyRequest & { version: number }) =>
      answer(duplicatesDecide({ body, headers: ifVersion(version) })),
    onSuccess: (policy) => client.setQueryData(policyQuery.queryKey, policy),
    // Somebody else may have decided meanwhile.
    onError: () => client.invalidateQueries({ queryKey: policyQuery.queryKey }),
    meta: { inPlace: true },
  })
}

const PAGE = 20

/** What was merged without a person's word, newest first. */
export const automaticQuery = infiniteQueryOptions({
  queryKey: [...duplicateKeys.all, 'automatic'] as const,
  queryFn: async ({ pageParam, signal }) =>
    await answer(mergesList({ signal, query: { limit: PAGE, cursor: pageParam || undefined } })),
  initialPageParam: '',
  getNextPageParam: (last) => last.next_cursor,
})
