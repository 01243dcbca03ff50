import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { answer } from '@/api/answer'
import type { LeadSelection } from '@/api/contract'
import { leadsBulk, leadsBulkUndo } from '@/api/gen/sdk.gen'
import type { LeadBulkRequest } from '@/api/gen/types.gen'
import { toast } from '@/components/feedback/toast'
import { dropRows, refreshLists } from '@/features/leads/list-queries'
import { leadKeys } from '@/features/leads/queries'
import { formatNumber } from '@/utils/format'

/** One change to many leads, without which leads. */
export type BulkChange = Pick<LeadBulkRequest, 'action' | 'tags' | 'status' | 'owner_id' | 'set'>

/** What a change would do: how many it changes, how many it leaves, and a few of them. */
export function bulkPreviewQuery(selection: LeadSelection, change: BulkChange | null) {
  return queryOptions({
    queryKey: ['bulk-preview', selection, change] as const,
    queryFn: ({ signal }) =>
      answer(leadsBulk({ body: { ...selection, ...change!, dry_run: true }, signal })),
    enabled: change !== null,
    placeholderData: keepPreviousData,
    // What would change is asked of the leads as they are now.
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
}

/** Changes many leads, and says so with an undo. */
export function useBulk() {
  const client = useQueryClient()
  const { t } = useTranslation()
  const undo = useUndoBulk()
  return useMutation({
    mutationFn: (input: LeadSelection & BulkChange) => answer(leadsBulk({ body: input })),
    onSuccess: async (done, { action }) => {
      const id = done.change_id
      const words = { count: done.count, n: formatNumber(done.count) }
      toast({
        title: t(action === 'delete' ? 'lead.deleted' : 'bulk.changed', words),
        undo: id === null ? undefined : () => undo.mutateAsync(id),
      })
      // What was deleted goes at once.
      if (action === 'delete') dropRows(client, done.ids)
      await client.invalidateQueries({ queryKey: leadKeys.all })
    },
    meta: { inPlace: true },
  })
}

/** Puts back what a bulk change did, save what was changed since, and says how much that was. */
function useUndoBulk() {
  const client = useQueryClient()
  const { t } = useTranslation()
  return useMutation({
    mutationFn: (id: string) => answer(leadsBulkUndo({ path: { change_id: id } })),
    onSuccess: async ({ count, skipped }) => {
      const left =
        skipped > 0 && t('bulk.undoSkipped', { count: skipped, n: formatNumber(skipped) })
      toast({
        title: t('bulk.undone', { count, n: formatNumber(count) }),
        detail: left || undefined,
      })
      // Rows that come back have a place only the server knows.
      await refreshLists(client)
      await client.invalidateQueries({ queryKey: leadKeys.all })
    },
    meta: { inPlace: true },
  })
}
