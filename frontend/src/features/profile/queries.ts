import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { answer, ifVersion } from '@/api/answer'
import type { ProfileKind } from '@/api/contract'
import {
  profileApply,
  profileGet,
  profilePreview,
  profileRestore,
  profileSchema,
  profileTemplates,
  profileUpdate,
  profileValidate,
  profileVersion,
  profileVersions,
} from '@/api/gen/sdk.gen'
import type { ProfileApplyData } from '@/api/gen/types.gen'

export const KINDS: readonly ProfileKind[] = ['company', 'audience', 'pain_points']

export const profileQuery = queryOptions({
  queryKey: ['profile', 'current'] as const,
  queryFn: ({ signal }) => answer(profileGet({ signal })),
})

export const versionsQuery = queryOptions({
  queryKey: ['profile', 'versions'] as const,
  queryFn: ({ signal }) => answer(profileVersions({ signal })),
})

export const templatesQuery = queryOptions({
  queryKey: ['profile', 'templates'] as const,
  queryFn: ({ signal }) => answer(profileTemplates({ signal })),
  staleTime: Infinity,
})

/** One version with its three texts; what was once saved does not change. */
export function versionQuery(version: number) {
  return queryOptions({
    queryKey: ['profile', 'version', version] as const,
    queryFn: ({ signal }) => answer(profileVersion({ path: { version }, signal })),
    staleTime: Infinity,
  })
}

export const schemaQuery = queryOptions({
  queryKey: ['profile', 'schema'] as const,
  queryFn: ({ signal }) => answer(profileSchema({ signal })),
  staleTime: Infinity,
})

/**
 * What some leads would get with other texts; nothing is stored, so it is asked like a question. With `samples`, the
 * product's sample leads stand in where there are none.
 */
export function previewQuery(texts: Partial<Documents>, samples = false) {
  return queryOptions({
    queryKey: ['profile', 'preview', texts, samples] as const,
    queryFn: ({ signal }) => answer(profilePreview({ body: { ...texts, samples }, signal })),
    gcTime: 0,
  })
}

/** What is wrong with a document, checked by the same schema that saving uses. */
export function validateQuery(kind: ProfileKind, yaml: string) {
  return queryOptions({
    queryKey: ['profile', 'validate', kind, yaml] as const,
    queryFn: ({ signal }) => answer(profileValidate({ body: { kind, yaml }, signal })),
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
    onSuccess: () => client.invalidateQueries({ queryKey: ['profile'] }),
  })
}

interface SaveInput {
  documents: Partial<Documents>
  version: number
  /** Why, for the list of versions. */
  note?: string
}

export function useSaveProfile() {
  return useProfileWrite((input: SaveInput) =>
    profileUpdate({
      body: { documents: input.documents, note: input.note ?? '' },
      headers: ifVersion(input.version),
    }),
  )
}

export function useRestoreProfile() {
  return useProfileWrite((version: number) => profileRestore({ path: { version } }))
}

export type TemplateName = ProfileApplyData['path']['name']

export function useApplyTemplate() {
  return useProfileWrite((name: TemplateName) => profileApply({ path: { name } }))
}
