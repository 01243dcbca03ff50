import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { answer } from '@/api/answer'
import type { Lead } from '@/api/contract'
import { importsGet, leadsBulk, leadsClaim, leadsRelated, settingsGet } from '@/api/gen/sdk.gen'
import { leadKeys } from '@/features/leads/queries'

/** The workspace's own settings, for its currency. */
export const workspaceQuery = queryOptions({
  queryKey: ['settings', 'workspace'] as const,
  queryFn: ({ signal }) => answer(settingsGet({ signal })),
  staleTime: 300_000,
})

const RELATED = 8

/** Other leads of the same company. */
export function relatedQuery(id: string) {
  return queryOptions({
    queryKey: [...leadKeys.one(id), 'related'] as const,
    queryFn: async ({ signal }) =>
      (await answer(leadsRelated({ path: { id }, query: { limit: RELATED }, signal })))
        .items as unknown as Lead[],
  })
}

/** The file that a value came from. */
export function importNameQuery(id: string | null) {
  return queryOptions({
    queryKey: ['imports', id, 'name'] as const,
    queryFn: async ({ signal }) => {
      const found = await answer(importsGet({ path: { id: id ?? '' }, signal }))
      return found.filename || ''
    },
    enabled: id !== null,
    staleTime: Infinity,
  })
}

export function useClaimLead(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async () => (await answer(leadsClaim({ path: { id } }))) as unknown as Lead,
    onSuccess: (lead) => {
      client.setQueryData(leadKeys.one(id), lead)
      void client.invalidateQueries({ queryKey: leadKeys.all })
    },
  })
}

/** Deletes or brings back one lead. */
export function useDeleteLead(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (action: 'delete' | 'restore') =>
      answer(leadsBulk({ body: { ids: [id], action } })),
    onSuccess: () => client.invalidateQueries({ queryKey: leadKeys.all }),
  })
}
