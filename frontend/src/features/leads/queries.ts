import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { answer } from '@/api/answer'
import { apiHref } from '@/api/client'
import type { Lead, LeadSelection } from '@/api/contract'
import {
  analysesList,
  leadsBulk,
  leadsBulkUndo,
  leadsGet,
  leadsProvenance,
  leadsTimeline,
} from '@/api/gen/sdk.gen'
import type { LeadBulkRequest } from '@/api/gen/types.gen'
import { dropRows, refreshLists } from '@/features/leads/list-queries'

export interface LeadListParams {
  q?: string
  filter?: string
  sort?: string
}

export const leadKeys = {
  all: ['leads'] as const,
  one: (id: string) => ['leads', 'one', id] as const,
  analyses: (id: string) => ['leads', 'one', id, 'analyses'] as const,
  provenance: (id: string) => ['leads', 'one', id, 'provenance'] as const,
  timeline: (id: string) => ['leads', 'one', id, 'timeline'] as const,
}

export function leadQuery(id: string) {
  return queryOptions({
    queryKey: leadKeys.one(id),
    queryFn: async ({ signal }) =>
      (await answer(leadsGet({ path: { id }, signal }))) as unknown as Lead,
  })
}

export function analysesQuery(id: string) {
  return queryOptions({
    queryKey: leadKeys.analyses(id),
    queryFn: ({ signal }) => answer(analysesList({ path: { id }, signal })),
  })
}

export function provenanceQuery(id: string) {
  return queryOptions({
    queryKey: leadKeys.provenance(id),
    queryFn: ({ signal }) => answer(leadsProvenance({ path: { id }, signal })),
  })
}

export function timelineQuery(id: string) {
  return queryOptions({
    queryKey: leadKeys.timeline(id),
    queryFn: ({ signal }) => answer(leadsTimeline({ path: { id }, signal })),
  })
}

/** One change to many leads, without which leads. */
export type BulkChange = Pick<LeadBulkRequest, 'action' | 'tags' | 'status' | 'owner_id'>

type BulkRequest = LeadSelection & BulkChange

export function useBulkLeads() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: BulkRequest) => answer(leadsBulk({ body: input })),
    onSuccess: async (done, { action }) => {
      // What was deleted goes at once; rows that come back have a place only the server knows.
      if (action === 'delete') dropRows(client, done.ids)
      if (action === 'restore') await refreshLists(client)
      await client.invalidateQueries({ queryKey: leadKeys.all })
    },
  })
}

/** Puts back what a bulk change did, save what was changed since. */
export function useUndoBulk() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => answer(leadsBulkUndo({ path: { change_id: id } })),
    onSuccess: () => client.invalidateQueries({ queryKey: leadKeys.all }),
  })
}

/** The link that downloads what the list shows. */
export function exportHref(format: 'csv' | 'json' | 'xlsx', params: LeadListParams): string {
  const query = new URLSearchParams({ format })
  for (const [key, value] of Object.entries(params)) if (value) query.set(key, String(value))
  return apiHref('/leads/export') + '?' + query.toString()
}
