import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { answer } from '@/api/answer'
import { duplicatesBulk, duplicatesList, mergesBulkUndo } from '@/api/gen/sdk.gen'
import type { DuplicateBulkRequest } from '@/api/gen/types.gen'
import { toProblem } from '@/api/problem'
import { toast } from '@/components/feedback/toast'
import { renew, reopen } from '@/features/duplicates/use-merge'
import { formatNumber } from '@/utils/format'

const PAGE = 200
/** As many as the server judges at once. */
const MOST = 500

/** The pairs that a verdict on many will be about: undoing it asks about each of them again. */
async function pairsAbove(min: number): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const page = await answer(duplicatesList({ query: { min_score: min, limit: PAGE, cursor } }))
    ids.push(...page.items.map((pair) => pair.id))
    cursor = page.next_cursor ?? undefined
  } while (cursor && ids.length < MOST)
  return ids.slice(0, MOST)
}

/** Merges every open pair of a confidence, and says so with one undo for all. */
export function useBulkMerge() {
  const client = useQueryClient()
  const { t } = useTranslation()

  const takeBack = async (merges: string[], pairs: string[]) => {
    const { undone, skipped } = await answer(mergesBulkUndo({ body: { ids: merges } }))
    const kept = Object.keys(skipped).length
    for (const id of pairs) {
      // Of a pair whose merge stays there is nothing to ask.
      await reopen(id).catch((error: unknown) => {
        if (toProblem(error).status !== 409 && toProblem(error).status !== 403) throw error
      })
    }
    await renew(client)
    toast({
      title: t('duplicate.bulk.undone', { count: undone.length }),
      detail: kept > 0 ? t('duplicate.bulk.kept', { count: kept }) : undefined,
    })
  }

  return useMutation({
    mutationFn: async (body: DuplicateBulkRequest) => {
      const pairs = await pairsAbove(body.min_score ?? 0)
      return { pairs, done: await answer(duplicatesBulk({ body })) }
    },
    onSuccess: async ({ pairs, done }) => {
      const { count, skipped, left, merge_ids: merges } = done
      const rest = [
        skipped > 0 && t('duplicate.bulk.skipped', { count: skipped, n: formatNumber(skipped) }),
        left > 0 && t('duplicate.bulk.left', { count: left, n: formatNumber(left) }),
      ].filter(Boolean)
      toast({
        title: t('duplicate.bulk.done', { count, n: formatNumber(count) }),
        detail: rest.join(' ') || undefined,
        undo: merges.length > 0 ? () => takeBack(merges, pairs) : undefined,
      })
      await renew(client)
    },
    meta: { inPlace: true },
  })
}
