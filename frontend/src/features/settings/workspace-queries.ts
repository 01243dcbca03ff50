import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { answer, ifVersion } from '@/api/answer'
import { usersListQueryKey } from '@/api/gen/@tanstack/react-query.gen'
import {
  mePreferences,
  permissionsList,
  settingsAiModels,
  settingsGet,
  settingsUpdate,
  systemGet,
  usersDelete,
  usersResetLink,
} from '@/api/gen/sdk.gen'
import { applyPreferences, type Preferences } from '@/hooks/preferences'

export const workspaceQuery = queryOptions({
  queryKey: ['settings', 'workspace'] as const,
  queryFn: ({ signal }) => answer(settingsGet({ signal })),
})

export const permissionsQuery = queryOptions({
  queryKey: ['permissions'] as const,
  queryFn: ({ signal }) => answer(permissionsList({ signal })),
  staleTime: Infinity,
})

export const systemQuery = queryOptions({
  queryKey: ['system'] as const,
  queryFn: ({ signal }) => answer(systemGet({ signal })),
})

/** Asked of the provider itself, so only when somebody looks. */
export const modelsQuery = queryOptions({
  queryKey: ['settings', 'ai', 'models'] as const,
  queryFn: ({ signal }) => answer(settingsAiModels({ signal })),
  staleTime: Infinity,
  gcTime: Infinity,
  retry: false,
})

interface Switches {
  version: number
  ai_allowed?: boolean
  auto_analyze?: boolean
}

export function useSaveWorkspace() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ version, ...body }: Switches) =>
      answer(settingsUpdate({ body, headers: ifVersion(version) })),
    meta: { inPlace: true },
    // After a refusal too: somebody else may have changed it.
    onSettled: () => client.invalidateQueries({ queryKey: workspaceQuery.queryKey }),
  })
}

export function useSavePreferences() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Partial<Preferences>) => answer(mePreferences({ body })),
    meta: { inPlace: true },
    onSuccess: (saved) => {
      applyPreferences(saved)
      return client.invalidateQueries({ queryKey: ['me'] })
    },
  })
}

/** Takes a person out; their leads go to `to` (a person, or nobody) in the same step. */
export function useDeleteUser() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, to }: { id: string; to?: string }) =>
      usersDelete({ path: { id }, query: { reassign_to: to } }),
    meta: { inPlace: true },
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: usersListQueryKey() }),
        client.invalidateQueries({ queryKey: ['leads'] }),
      ]),
  })
}

export function useResetLink() {
  return useMutation({
    mutationFn: (id: string) => answer(usersResetLink({ path: { id } })),
    meta: { inPlace: true },
  })
}
