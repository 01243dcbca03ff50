import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { get, post } from '@/api/client'
import type {
  AiSettings,
  Batch,
  BatchFailure,
  BatchRequest,
  BatchResult,
  Estimate,
  Page,
} from '@/api/contract'

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
  queryFn: ({ signal }) => get<Page<Batch>>('/batches', { signal, params: { limit: 50 } }),
  // Progress comes over the WebSocket; polling covers the time without one.
  refetchInterval: ({ state }) => (state.data?.items.some(isActive) ? 5_000 : false),
})

export function batchQuery(id: string) {
  return queryOptions({
    queryKey: batchKeys.one(id),
    queryFn: ({ signal }) => get<Batch>(`/batches/${id}`, { signal }),
    refetchInterval: ({ state }) => (state.data && isActive(state.data) ? 3_000 : false),
  })
}

export function failuresQuery(id: string) {
  return queryOptions({
    queryKey: batchKeys.failures(id),
    queryFn: ({ signal }) => get<{ items: BatchFailure[] }>(`/batches/${id}/failures`, { signal }),
  })
}

export function resultsQuery(id: string) {
  return queryOptions({
    queryKey: batchKeys.results(id),
    queryFn: ({ signal }) =>
      get<{ items: BatchResult[] }>(`/batches/${id}/results`, { signal, params: { limit: 10 } }),
    placeholderData: keepPreviousData,
  })
}

export function estimateQuery(input: BatchRequest) {
  return queryOptions({
    queryKey: batchKeys.estimate(input),
    queryFn: ({ signal }) => post<Estimate>('/leads/estimate', input, { signal }),
    placeholderData: keepPreviousData,
  })
}

export const aiSettingsQuery = queryOptions({
  queryKey: ['settings', 'ai'] as const,
  queryFn: ({ signal }) => get<AiSettings>('/settings/ai', { signal }),
  retry: false,
})

export function useStartBatch() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: BatchRequest) => post<Batch>('/leads/batch-analyze', input),
    meta: { inPlace: true },
    onSuccess: (batch) => {
      client.setQueryData(batchKeys.one(batch.id), batch)
      void client.invalidateQueries({ queryKey: batchKeys.list })
    },
  })
}

export type BatchAction = 'pause' | 'resume' | 'cancel' | 'retry'

export function useBatchAction(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (action: BatchAction) => post<Batch>(`/batches/${id}/${action}`),
    onSettled: () => client.invalidateQueries({ queryKey: batchKeys.all }),
  })
}

export function useRetryFailure(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (leadId: string) => post(`/batches/${id}/failures/${leadId}/retry`),
    onSettled: () => client.invalidateQueries({ queryKey: batchKeys.all }),
  })
}
