import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { answer } from '@/api/answer'
import type { Batch, BatchRequest, BatchResult } from '@/api/contract'
import {
  batchesCancel,
  batchesFailures,
  batchesGet,
  batchesList,
  batchesLog,
  batchesPause,
  batchesResults,
  batchesResume,
  batchesRetry,
  batchesRetryFailure,
  budgetsList,
  leadsBatchAnalyze,
  leadsEstimate,
  settingsAiGet,
} from '@/api/gen/sdk.gen'

export const batchKeys = {
  all: ['batches'] as const,
  list: ['batches', 'list'] as const,
  one: (id: string) => ['batches', 'one', id] as const,
  failures: (id: string) => ['batches', 'one', id, 'failures'] as const,
  results: (id: string) => ['batches', 'one', id, 'results'] as const,
  estimate: (input: BatchRequest) => ['batches', 'estimate', input] as const,
}

const ACTIVE = new Set(['queued', 'running'])

export function isActive(batch: Batch): boolean {
  return ACTIVE.has(batch.status)
}

export const batchListQuery = queryOptions({
  queryKey: batchKeys.list,
  queryFn: ({ signal }) => answer(batchesList({ signal })),
  // Progress comes over the WebSocket; polling covers the time without one.
  refetchInterval: ({ state }) => (state.data?.items.some(isActive) ? 5_000 : false),
})

/** As many as the server gives; the page searches and sorts them. */
export const allBatchesQuery = queryOptions({
  queryKey: [...batchKeys.list, 'all'] as const,
  queryFn: ({ signal }) => answer(batchesList({ query: { limit: 200 }, signal })),
  refetchInterval: ({ state }) => (state.data?.items.some(isActive) ? 5_000 : false),
})

export function batchLogQuery(id: string) {
  return queryOptions({
    queryKey: [...batchKeys.one(id), 'log'] as const,
    queryFn: ({ signal }) => answer(batchesLog({ path: { id }, signal })),
  })
}

/** What the day and the month have left to spend. */
export const budgetsLeftQuery = queryOptions({
  queryKey: [{ _id: 'budgetsList' }, 'left'] as const,
  queryFn: ({ signal }) => answer(budgetsList({ signal })),
})

export function batchQuery(id: string) {
  return queryOptions({
    queryKey: batchKeys.one(id),
    queryFn: ({ signal }) => answer(batchesGet({ path: { id }, signal })),
    refetchInterval: ({ state }) => (state.data && isActive(state.data) ? 3_000 : false),
  })
}

export function failuresQuery(id: string) {
  return queryOptions({
    queryKey: batchKeys.failures(id),
    queryFn: ({ signal }) =>
      answer(batchesFailures({ path: { id }, query: { limit: 200 }, signal })),
  })
}

export function resultsQuery(id: string) {
  return queryOptions({
    queryKey: batchKeys.results(id),
    queryFn: ({ signal }) =>
      answer(batchesResults({ path: { id }, query: { limit: 10 }, signal })) as Promise<{
        items: BatchResult[]
      }>,
    placeholderData: keepPreviousData,
  })
}

export function estimateQuery(input: BatchRequest) {
  return queryOptions({
    queryKey: batchKeys.estimate(input),
    queryFn: ({ signal }) => answer(leadsEstimate({ body: input, signal })),
    // Money is never quoted from memory.
    staleTime: 0,
    gcTime: 0,
    placeholderData: keepPreviousData,
  })
}

export const aiSettingsQuery = queryOptions({
  queryKey: ['settings', 'ai'] as const,
  queryFn: ({ signal }) => answer(settingsAiGet({ signal })),
  retry: false,
})

export function useStartBatch() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: BatchRequest) => answer(leadsBatchAnalyze({ body: input })),
    meta: { inPlace: true },
    onSuccess: (batch) => {
      client.setQueryData(batchKeys.one(batch.id), batch)
      void client.invalidateQueries({ queryKey: batchKeys.list })
    },
  })
}

const ACTIONS = {
  pause: batchesPause,
  resume: batchesResume,
  cancel: batchesCancel,
  retry: batchesRetry,
}

export type BatchAction = keyof typeof ACTIONS

export function useBatchAction(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (action: BatchAction) => ACTIONS[action]({ path: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: batchKeys.all }),
  })
}

export function useRetryFailure(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (leadId: string) => batchesRetryFailure({ path: { id, lead_id: leadId } }),
    onSettled: () => client.invalidateQueries({ queryKey: batchKeys.all }),
  })
}
