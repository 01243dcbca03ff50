import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { get, ifVersion, post, put } from '@/api/client'
import type {
  Profile,
  ProfileError,
  ProfileKind,
  ProfileTemplate,
  ProfileVersion,
} from '@/api/contract'

export const KINDS: readonly ProfileKind[] = ['company', 'audience', 'pain_points']

export const profileKeys = { all: ['profile'] as const }

export const profileQuery = queryOptions({
  queryKey: ['profile', 'current'] as const,
  queryFn: ({ signal }) => get<Profile>('/profile', { signal }),
})

export const versionsQuery = queryOptions({
  queryKey: ['profile', 'versions'] as const,
  queryFn: ({ signal }) => get<{ items: ProfileVersion[] }>('/profile/versions', { signal }),
})

export const templatesQuery = queryOptions({
  queryKey: ['profile', 'templates'] as const,
  queryFn: ({ signal }) => get<{ items: ProfileTemplate[] }>('/profile/templates', { signal }),
  staleTime: Infinity,
})

/** What is wrong with a document, checked by the same schema that saving uses. */
export function validateQuery(kind: ProfileKind, yaml: string) {
  return queryOptions({
    queryKey: ['profile', 'validate', kind, yaml] as const,
    queryFn: ({ signal }) =>
      post<{ errors: ProfileError[] | null }>('/profile/validate', { kind, yaml }, { signal }),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
    staleTime: Infinity,
  })
}

export type Documents = Record<ProfileKind, string>

function useProfileWrite<T>(call: (input: T) => Promise<unknown>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: call,
    meta: { inPlace: true },
    onSuccess: () => client.invalidateQueries({ queryKey: profileKeys.all }),
  })
}

export function useSaveProfile() {
  return useProfileWrite((input: { documents: Partial<Documents>; version: number }) =>
    put('/profile', { documents: input.documents }, ifVersion(input.version)),
  )
}

export function useRestoreProfile() {
  return useProfileWrite((version: number) => post(`/profile/versions/${version}/restore`))
}

export function useApplyTemplate() {
  return useProfileWrite((name: string) =>
    post(`/profile/templates/${encodeURIComponent(name)}/apply`),
  )
}
