import { queryOptions, useQueryClient } from '@tanstack/react-query'

import { answer } from '@/api/answer'
import type { Role, User } from '@/api/contract'
import { permissionsList, usersList } from '@/api/gen/sdk.gen'

export const permissionsQuery = queryOptions({
  queryKey: ['permissions'] as const,
  queryFn: ({ signal }) => answer(permissionsList({ signal })),
  staleTime: Infinity,
})

export const peopleQuery = queryOptions({
  queryKey: ['people'] as const,
  queryFn: async ({ signal }) => (await answer(usersList({ signal }))).items,
  staleTime: 60_000,
})

/** The role of whoever is signed in, as the frame has read it. */
export function useMyRole(): Role | undefined {
  return useQueryClient().getQueryData<{ user: User }>(['me'])?.user.role
}
