import { queryOptions, useQueryClient } from '@tanstack/react-query'

import { answer } from '@/api/answer'
import type { Role, User } from '@/api/contract'
import { permissionsList } from '@/api/gen/sdk.gen'

export const permissionsQuery = queryOptions({
  queryKey: ['permissions'] as const,
  queryFn: ({ signal }) => answer(permissionsList({ signal })),
  staleTime: Infinity,
})

/** The role of whoever is signed in, as the frame has read it. */
export function useMyRole(): Role | undefined {
  return useQueryClient().getQueryData<{ user: User }>(['me'])?.user.role
}
