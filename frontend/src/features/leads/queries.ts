import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'

import { apiHref, get, ifVersion, post, put } from '@/api/client'
import type { Analysis, Lead, LeadSelection, Page, Provenance } from '@/api/contract'
import type { LiveEvent } from '@/api/contract'

export interface LeadListParams {
  q?: string
  filter?: string
  sort?: string
}

export const leadKeys = {
  all: ['leads'] as const,
  list: (params: LeadListParams) => ['leads', 'list', params] as const,
  one: (id: string) => ['leads', 'one', id] as const,
  analyses: (id: string) => ['leads', 'one', id, 'analyses'] as const,
  provenance: (id: string) => ['leads', 'one', id, 'provenance'] as const,
  timeline: (id: string) => ['leads', 'one', id, 'timeline'] as const,
}

const PAGE = 100

export function leadListQuery(params: LeadListParams) {
  return infiniteQueryOptions({
    queryKey: leadKeys.list(params),
    queryFn: ({ pageParam, signal }) =>
      get<Page<Lead>>('/leads', {
        signal,
        params: { ...params, limit: PAGE, cursor: pageParam ?? undefined },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  })
}

export function leadQuery(id: string) {
  return queryOptions({
    queryKey: leadKeys.one(id),
    queryFn: ({ signal }) => get<Lead>(`/leads/${id}`, { signal }),
  })
}

export function analysesQuery(id: string) {
  return queryOptions({
    queryKey: leadKeys.analyses(id),
    queryFn: ({ signal }) => get<{ items: Analysis[] }>(`/leads/${id}/analyses`, { signal }),
  })
}

export function provenanceQuery(id: string) {
  return queryOptions({
    queryKey: leadKeys.provenance(id),
    queryFn: ({ signal }) => get<{ items: Provenance[] }>(`/leads/${id}/provenance`, { signal }),
  })
}

export function timelineQuery(id: string) {
  return queryOptions({
    queryKey: leadKeys.timeline(id),
    queryFn: ({ signal }) => get<{ items: LiveEvent[] }>(`/leads/${id}/timeline`, { signal }),
  })
}

export function useUpdateLead(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ version, ...patch }: Partial<Lead> & { version: number }) =>
      put<Lead>(`/leads/${id}`, patch, ifVersion(version)),
    onSuccess: (lead) => {
      client.setQueryData(leadKeys.one(id), lead)
      void client.invalidateQueries({ queryKey: leadKeys.all })
    },
  })
}

export function useAnalyzeLead(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => post<Analysis>('/leads/analyze', { lead_id: id }),
    onSuccess: () => client.invalidateQueries({ queryKey: leadKeys.all }),
  })
}

export type BulkRequest = LeadSelection & { action: 'delete' | 'restore' }

export function useBulkLeads() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: BulkRequest) =>
      post<{ count: number; ids: string[] }>('/leads/bulk', input),
    onSuccess: () => client.invalidateQueries({ queryKey: leadKeys.all }),
  })
}

/** The link that downloads what the list shows. */
export function exportHref(format: 'csv' | 'json' | 'xlsx', params: LeadListParams): string {
  const query = new URLSearchParams({ format })
  for (const [key, value] of Object.entries(params)) if (value) query.set(key, String(value))
  return apiHref('/leads/export') + '?' + query.toString()
}
