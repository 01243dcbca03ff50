import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { answer, ifVersion } from '@/api/answer'
import type { Lead } from '@/api/contract'
import {
  leadsList,
  templatesCreate,
  templatesDelete,
  templatesList,
  templatesPreview,
  templatesUpdate,
} from '@/api/gen/sdk.gen'
import type { TemplateResponse } from '@/api/gen/types.gen'
import type { Filled } from '@/types/filled'

export type Template = Filled<TemplateResponse>

export interface TemplateText {
  name: string
  subject: string
  body: string
}

export const templatesQuery = queryOptions({
  queryKey: ['templates'] as const,
  queryFn: ({ signal }) => answer(templatesList({ signal })),
})

/** Leads to try a template on: those found for what was typed, else the best ones. */
export function triedLeadsQuery(q: string) {
  return queryOptions({
    queryKey: ['leads', 'list', 'to-try', q] as const,
    queryFn: async ({ signal }) => {
      const query = { limit: 12, ...(q ? { q } : { sort: '-score' }) }
      return (await answer(leadsList({ signal, query }))).items as unknown as Lead[]
    },
    placeholderData: keepPreviousData,
  })
}

export function previewQuery(leadId: string | null, subject: string, body: string) {
  return queryOptions({
    queryKey: ['templates', 'preview', leadId, subject, body] as const,
    queryFn: ({ signal }) =>
      answer(templatesPreview({ body: { lead_id: leadId ?? '', subject, body }, signal })),
    enabled: leadId !== null,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
    retry: false,
  })
}

interface SaveInput {
  text: TemplateText
  /** The template that is changed; null for a new one. */
  of: { id: string; version: number } | null
}

export function useSaveTemplate() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ text, of }: SaveInput): Promise<Template> =>
      of
        ? answer(
            templatesUpdate({ path: { id: of.id }, body: text, headers: ifVersion(of.version) }),
          )
        : answer(templatesCreate({ body: text })),
    meta: { inPlace: true },
    onSuccess: () => client.invalidateQueries({ queryKey: templatesQuery.queryKey, exact: true }),
  })
}

export function useDeleteTemplate() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => templatesDelete({ path: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: templatesQuery.queryKey, exact: true }),
  })
}
