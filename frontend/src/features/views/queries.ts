import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { answer, ifVersion } from '@/api/answer'
import { viewsCreate, viewsDelete, viewsList, viewsUpdate } from '@/api/gen/sdk.gen'
import type { ViewRequest } from '@/api/gen/types.gen'
import type { SavedView } from '@/features/views/view-state'

const KEY = ['views'] as const

export const viewsQuery = queryOptions({
  queryKey: KEY,
  queryFn: async ({ signal }): Promise<SavedView[]> => (await answer(viewsList({ signal }))).items,
  staleTime: 60_000,
})

/** What is sent of a view; the server takes no field that it does not know. */
export type NewView = Omit<SavedView, 'id' | 'mine' | 'version' | 'position'> & {
  /** Of a view that one has deleted: it comes back as the same. */
  id?: string
  position?: number
}

function request({ name, shared, q, filter, sort, mode, columns, position }: NewView): ViewRequest {
  return { name, shared, q, filter, sort, mode, columns: [...columns], position }
}

export function useAddView() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (view: NewView): Promise<SavedView> =>
      answer(viewsCreate({ body: { ...request(view), id: view.id } })),
    onSuccess: (made) => {
      client.setQueryData(KEY, (now: SavedView[] = []) => [...now, made])
    },
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
    meta: { inPlace: true },
  })
}

/** Writes views one after the other; they show at once and go back when the server refuses. */
export function useSaveViews() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (views: SavedView[]) => {
      for (const view of views) {
        const headers = ifVersion(view.version)
        await answer(viewsUpdate({ path: { id: view.id }, body: request(view), headers }))
      }
    },
    onMutate: async (views) => {
      await client.cancelQueries({ queryKey: KEY })
      const before = client.getQueryData<SavedView[]>(KEY)
      client.setQueryData(KEY, (now: SavedView[] = []) =>
        now.map((each) => views.find(({ id }) => id === each.id) ?? each),
      )
      return { before }
    },
    onError: (_error, _views, context) => client.setQueryData(KEY, context?.before),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  })
}

export function useDeleteView() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => answer(viewsDelete({ path: { id } })),
    onSuccess: (_answer, id) => {
      client.setQueryData(KEY, (now: SavedView[] = []) => now.filter((each) => each.id !== id))
    },
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  })
}
