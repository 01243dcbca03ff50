import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'

import { answer } from '@/api/answer'
import { apiHref } from '@/api/client'
import type { Import } from '@/api/contract'
import {
  importsDryRun,
  importsGet,
  importsList,
  importsRows,
  importsRun,
  leadsImport,
  samplesDelete,
  samplesLoad,
} from '@/api/gen/sdk.gen'

const importKeys = {
  list: ['imports', 'list'] as const,
  one: (id: string) => ['imports', 'one', id] as const,
}

/** Column name to lead field; null leaves the column out. */
export type Mapping = Record<string, string | null>

/** Reading a large file may take as long as it takes. */
const NO_LIMIT = 0

/** The contract's type of a mapping cannot say that null leaves a column out. */
function wire(mapping: Mapping): Record<string, string> {
  return mapping as Record<string, string>
}

export function isRunning(each: Import): boolean {
  return each.status === 'queued' || each.status === 'running'
}

export const importListQuery = queryOptions({
  queryKey: importKeys.list,
  queryFn: ({ signal }) => answer(importsList({ signal })),
  refetchInterval: ({ state }) => (state.data?.items.some(isRunning) ? 3_000 : false),
})

export function importQuery(id: string) {
  return queryOptions({
    queryKey: importKeys.one(id),
    queryFn: ({ signal }) => answer(importsGet({ path: { id }, signal })),
    refetchInterval: ({ state }) => (state.data && isRunning(state.data) ? 1_000 : false),
  })
}

export type Fate = 'created' | 'updated' | 'unchanged' | 'duplicate' | 'rejected'

export function rowsQuery(id: string, fate: Fate) {
  return infiniteQueryOptions({
    queryKey: [...importKeys.one(id), 'rows', fate] as const,
    queryFn: ({ pageParam, signal }) =>
      answer(
        importsRows({ path: { id }, query: { fate, cursor: pageParam ?? undefined }, signal }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  })
}

export function usePreviewImport() {
  return useMutation({
    mutationFn: ({ file, onProgress }: { file: File; onProgress: (part: number) => void }) =>
      answer(
        leadsImport({
          body: { file, options: JSON.stringify({ mode: 'preview' }) },
          timeout: NO_LIMIT,
          onUploadProgress: (event) => onProgress(event.total ? event.loaded / event.total : 0),
        }),
      ),
    meta: { inPlace: true },
  })
}

export function useDryRun(id: string) {
  return useMutation({
    mutationFn: async (mapping: Mapping) => {
      const body = { mapping: wire(mapping) }
      return (await answer(importsDryRun({ path: { id }, body, timeout: NO_LIMIT }))).import
    },
    meta: { inPlace: true },
  })
}

export function useRunImport(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (mapping: Mapping) => {
      const body = { mapping: wire(mapping) }
      return (await answer(importsRun({ path: { id }, body }))).import
    },
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
    mutationFn: () => samplesLoad(),
    onSuccess: () => client.invalidateQueries(),
  })
}

export function useDeleteSamples() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => samplesDelete(),
    onSuccess: () => client.invalidateQueries(),
  })
}

export function rejectsHref(id: string): string {
  return apiHref(`/imports/${id}/rejects`)
}
