import { queryOptions } from '@tanstack/react-query'

import { answer } from '@/api/answer'
import type { Lead } from '@/api/contract'
import { analysesList, leadsGet, leadsProvenance, leadsTimeline } from '@/api/gen/sdk.gen'

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
