import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'

import { answer } from '@/api/answer'
import type { Duplicate, DuplicateState } from '@/api/contract'
import {
  duplicatesBulk,
  duplicatesGet,
  duplicatesList,
  leadsList,
  leadsMerge,
  leadsMerges,
  mergesUndo,
} from '@/api/gen/sdk.gen'
import type { DuplicateBulkRequest, LeadMergeRequest } from '@/api/gen/types.gen'

export interface QueueFilter {
  state: DuplicateState
  /** Least score, 0–1. */
  min: number
  /** Only pairs of this lead. */
  lead: string | null
}

export const duplicateKeys = {
  all: ['duplicates'] as const,
  queue: (filter: QueueFilter) => ['duplicates', 'queue', filter] as const,
  one: (id: string) => ['duplicates', 'one', id] as const,
  ofLead: (id: string) => ['duplicates', 'lead', id] as const,
}

const PAGE = 50

interface PairPage {
  items: Duplicate[]
  next_cursor: string | null
  total: number
  total_capped: boolean
}

type PairsOptions = NonNullable<Parameters<typeof duplicatesList>[0]>

async function pairs(options: PairsOptions): Promise<PairPage> {
  return (await answer(duplicatesList(options))) as unknown as PairPage
}

/** The pairs of a state and confidence, the surest first. */
export function queueQuery(filter: QueueFilter) {
  return infiniteQueryOptions({
    queryKey: duplicateKeys.queue(filter),
    queryFn: ({ pageParam, signal }) =>
      pairs({
        signal,
        query: {
          limit: PAGE,
          cursor: pageParam || undefined,
          state: filter.state,
          min_score: filter.min || undefined,
          lead: filter.lead ?? undefined,
        },
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor,
  })
}

/** One pair, whatever became of it. */
export function pairQuery(id: string | null) {
  return queryOptions({
    queryKey: duplicateKeys.one(id ?? ''),
    queryFn: async ({ signal }) =>
      (await answer(duplicatesGet({ path: { id: id ?? '' }, signal }))) as unknown as Duplicate,
    enabled: id !== null,
  })
}

/** The open pairs of a lead; the first of them, and how many there are. */
export function pairsOfQuery(leadId: string) {
  return queryOptions({
    queryKey: duplicateKeys.ofLead(leadId),
    queryFn: ({ signal }) => pairs({ signal, query: { lead: leadId, limit: 1 } }),
  })
}

/** A few of the pairs that a verdict on many would be about. */
export function sampleQuery(min: number) {
  return queryOptions({
    queryKey: [...duplicateKeys.all, 'sample', min] as const,
    queryFn: ({ signal }) => pairs({ signal, query: { min_score: min, limit: 5 } }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
}

/** How many pairs a verdict on many would be about. */
export function bulkPreviewQuery(body: DuplicateBulkRequest) {
  return queryOptions({
    queryKey: [...duplicateKeys.all, 'bulk', body] as const,
    queryFn: ({ signal }) => answer(duplicatesBulk({ body: { ...body, dry_run: true }, signal })),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
}

/** What a merge would make. It is asked anew when the versions that the request names are others. */
export function mergePreviewQuery(body: LeadMergeRequest | null) {
  return queryOptions({
    queryKey: ['merge-preview', body] as const,
    queryFn: ({ signal }) => answer(leadsMerge({ body: { ...body!, dry_run: true }, signal })),
    enabled: body !== null,
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  })
}

/** The merges that a lead was part of, newest first. */
export function mergesQuery(leadId: string) {
  return queryOptions({
    queryKey: ['leads', 'one', leadId, 'merges'] as const,
    queryFn: async ({ signal }) =>
      (await answer(leadsMerges({ path: { id: leadId }, signal }))).items,
  })
}

/** What undoing a merge would do, with the questions that only a person can answer. */
export function undoPlanQuery(mergeId: string | null) {
  return queryOptions({
    queryKey: ['undo-plan', mergeId] as const,
    queryFn: ({ signal }) =>
      answer(mergesUndo({ path: { id: mergeId ?? '' }, body: { dry_run: true }, signal })),
    enabled: mergeId !== null,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
}

const FOUND = 8

/** Leads by what somebody types. */
export function findLeadsQuery(q: string) {
  return queryOptions({
    queryKey: ['leads', 'to-merge', q] as const,
    queryFn: async ({ signal }) =>
      (await answer(leadsList({ signal, query: { q: q || undefined, limit: FOUND } }))).items,
    placeholderData: keepPreviousData,
    retry: false,
  })
}
