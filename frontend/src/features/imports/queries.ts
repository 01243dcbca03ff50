import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { apiHref, get, http, post } from '@/api/client'
import type { Import, ImportPreview, Page } from '@/api/contract'

export const importKeys = {
  all: ['imports'] as const,
  list: ['imports', 'list'] as const,
  one: (id: string) => ['imports', 'one', id] as const,
}

/** Column name to lead field; null leaves the column out. */
export type Mapping = Record<string, string | null>

export function isRunning(each: Import): boolean {
  return each.status === 'queued' || each.status === 'running'
}

export const importListQuery = queryOptions({
  queryKey: importKeys.list,
  queryFn: ({ signal }) => get<Page<Import>>('/imports', { signal, params: { limit: 50 } }),
  refetchInterval: ({ state }) => (state.data?.items.some(isRunning) ? 3_000 : false),
})

export function importQuery(id: string) {
  return queryOptions({
    queryKey: importKeys.one(id),
    queryFn: ({ signal }) => get<Import>(`/imports/${id}`, { signal }),
    refetchInterval: ({ state }) => (state.data && isRunning(state.data) ? 1_000 : false),
  })
}

export function usePreviewImport() {
  return useMutation({
    mutationFn: async ({
      file,
      onProgress,
    }: {
      file: File
      onProgress: (part: number) => void
    }) => {
      const form = new FormData()
      form.append('file', file)
      form.append('options', JSON.stringify({ mode: 'preview' }))
      const answer = await http.post<ImportPreview>('/leads/import', form, {
        timeout: 0,
        onUploadProgress: (event) => onProgress(event.total ? event.loaded / event.total : 0),
      })
      return answer.data
    },
    meta: { inPlace: true },
  })
}

export function useDryRun(id: string) {
  return useMutation({
    mutationFn: async (mapping: Mapping) =>
      (await post<{ import: Import }>(`/imports/${id}/dry-run`, { mapping }, { timeout: 0 }))
        .import,
    meta: { inPlace: true },
  })
}

export function useRunImport(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (mapping: Mapping) =>
      (await post<{ import: Import }>(`/imports/${id}/run`, { mapping })).import,
    meta: { inPlace: true },
    onSuccess: (started) => {
      client.setQueryData(importKeys.one(id), started)
      void client.invalidateQueries({ queryKey: importKeys.list })
    },
  })
}

export function useLoadSamples() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => post('/samples'),
    onSuccess: () => client.invalidateQueries(),
  })
}

export function useDeleteSamples() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => http.delete('/samples'),
    onSuccess: () => client.invalidateQueries(),
  })
}

export function rejectsHref(id: string): string {
  return apiHref(`/imports/${id}/rejects`)
}
