import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'

import { answer } from '@/api/answer'
import { apiHref, fetchWithin } from '@/api/client'
import type { Import, ImportPreview } from '@/api/contract'
import {
  importsDryRun,
  importsGet,
  importsList,
  importsPause,
  importsRejects,
  importsResume,
  importsRows,
  importsRun,
  importsUndo,
  importsUndoPlan,
  samplesDelete,
  samplesLoad,
} from '@/api/gen/sdk.gen'
import { upload } from '@/api/upload'
import { type Choices, type Mapping, NO_CHOICES, wireRules } from '@/features/imports/choices'
import type { Fate } from '@/features/imports/fate'

const importKeys = {
  list: ['imports', 'list'] as const,
  one: (id: string) => ['imports', 'one', id] as const,
}

/** Reading a large file may take as long as it takes. */
const NO_LIMIT = { fetch: fetchWithin(null) }

/** The choices as the contract has them; it cannot say that null leaves a column out. */
function wire(choices: Omit<Choices, 'mapping' | 'rules'>, mapping: Mapping) {
  return {
    encoding: choices.encoding,
    delimiter: choices.delimiter,
    sheet: choices.sheet,
    header_row: choices.headerRow,
    date_order: choices.dateOrder,
    default_region: choices.region,
    fresh: choices.fresh,
    mapping: mapping as Record<string, string>,
  }
}

export function isRunning(each: Import): boolean {
  return each.status === 'queued' || each.status === 'running' || each.status === 'undoing'
}

const PAGE = 200

export function importListQuery(q: string) {
  return infiniteQueryOptions({
    queryKey: [...importKeys.list, q] as const,
    queryFn: ({ pageParam, signal }) =>
      answer(
        importsList({
          query: { q: q || undefined, limit: PAGE, cursor: pageParam ?? undefined },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.items.some(isRunning)) ? 3_000 : false,
  })
}

export function importQuery(id: string) {
  return queryOptions({
    queryKey: importKeys.one(id),
    queryFn: ({ signal }) => answer(importsGet({ path: { id }, signal })),
    refetchInterval: ({ state }) => (state.data && isRunning(state.data) ? 1_000 : false),
  })
}

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

interface Upload {
  file: File
  onProgress: (part: number) => void
  signal: AbortSignal
}

/** Sends a file and reads it; nothing is stored but the file itself. */
export function usePreviewImport() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ file, onProgress, signal }: Upload) => {
      const form = new FormData()
      form.append('file', file)
      form.append('options', JSON.stringify({ mode: 'preview' }))
      return upload<ImportPreview>({ path: '/leads/import', form, onProgress, signal })
    },
    meta: { inPlace: true },
    onSuccess: (preview) =>
      client.setQueryData(readingQuery(preview.import.id, NO_CHOICES).queryKey, preview),
  })
}

/** The kept file, read under these choices. */
export function readingQuery(id: string, all: Choices) {
  const { encoding, delimiter, sheet, headerRow, region, dateOrder, fresh } = all
  const choices = { encoding, delimiter, sheet, headerRow, region, dateOrder, fresh }
  return queryOptions({
    queryKey: ['import-reading', id, choices] as const,
    queryFn: ({ signal }) =>
      answer(
        importsDryRun({
          path: { id },
          body: { ...wire(choices, {}), mode: 'preview' },
          ...NO_LIMIT,
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    // A file that was sent never changes.
    staleTime: Infinity,
  })
}

/** What the import would do, row by row, under these choices. */
export function checkQuery(id: string, choices: Choices, mapping: Mapping) {
  const body = { ...wire(choices, mapping), ...wireRules(choices.rules) }
  return queryOptions({
    queryKey: ['import-check', id, body] as const,
    queryFn: ({ signal }) => answer(importsDryRun({ path: { id }, body, ...NO_LIMIT, signal })),
  })
}

export function useRunImport(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ choices, mapping }: { choices: Choices; mapping: Mapping }) =>
      (
        await answer(
          importsRun({
            path: { id },
            body: { ...wire(choices, mapping), ...wireRules(choices.rules) },
          }),
        )
      ).import,
    meta: { inPlace: true },
    onSuccess: (started) => {
      client.setQueryData(importKeys.one(id), started)
      void client.invalidateQueries({ queryKey: importKeys.list })
    },
  })
}

/** The rejected rows as text, to be mended in place. */
export function rejectsTextQuery(id: string) {
  return queryOptions({
    queryKey: [...importKeys.one(id), 'rejects'] as const,
    // Reading it as text takes off the mark at its start, which spreadsheets want.
    queryFn: async ({ signal }) => {
      const { data } = await importsRejects({ path: { id }, parseAs: 'blob', signal })
      return data.text()
    },
    staleTime: Infinity,
  })
}

/** What undoing the import would do, the last rows first. */
export function undoPlanQuery(id: string, all: boolean) {
  return infiniteQueryOptions({
    queryKey: [...importKeys.one(id), 'undo', all] as const,
    queryFn: ({ pageParam, signal }) =>
      answer(
        importsUndoPlan({
          path: { id },
          query: { all, cursor: pageParam ?? undefined },
          ...NO_LIMIT,
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    // Leads change meanwhile: the question is asked anew each time.
    gcTime: 0,
    staleTime: Infinity,
  })
}

function useChange<T>(id: string, change: (input: T) => Promise<Import>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    meta: { inPlace: true },
    onSuccess: (item) => {
      client.setQueryData(importKeys.one(id), item)
      void client.invalidateQueries({ queryKey: importKeys.list })
    },
  })
}

export function useUndoImport(id: string) {
  return useChange(id, (all: boolean) => answer(importsUndo({ path: { id }, body: { all } })))
}

/** Pauses an import that runs, and lets a paused one go on. */
export function usePauseImport(id: string) {
  return useChange(id, (pause: boolean) =>
    answer(pause ? importsPause({ path: { id } }) : importsResume({ path: { id } })),
  )
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

export function fileHref(id: string): string {
  return apiHref(`/imports/${id}/file`)
}
