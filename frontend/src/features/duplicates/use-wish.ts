import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'

import type { Duplicate } from '@/api/contract'
import {
  requestOf,
  type Row,
  rowsOfLeads,
  rowsOfPreview,
  type Wish,
  withPick,
} from '@/features/duplicates/compare'
import { mergePreviewQuery } from '@/features/duplicates/queries'

export interface PairWish {
  wish: Wish
  rows: Row[]
  /** Why the server cannot say what would come out. */
  fault: Error | null
  retry: () => unknown
  setSurvivor: (leadId: string) => void
  pick: (field: string, leadId: string) => void
}

function suggestion(pair: Duplicate | null): Wish {
  return { survivor: pair?.suggested ?? '', picks: {}, rule: 'survivor', rules: {} }
}

/** How one pair would be merged: the suggestion, until somebody wants it otherwise. */
export function useWish(
  pair: Duplicate | null,
  next: Duplicate | null,
  decides: boolean,
): PairWish {
  const [kept, setKept] = useState<{ pair: string; wish: Wish } | null>(null)
  // What was wished for one pair says nothing of the next.
  const wish = kept && kept.pair === pair?.id ? kept.wish : suggestion(pair)
  const body = pair && decides ? requestOf(wish, [pair.a, pair.b]) : null
  const preview = useQuery(mergePreviewQuery(body))
  // Asked ahead, so that the next pair comes with its marks.
  useQuery(
    mergePreviewQuery(next && decides ? requestOf(suggestion(next), [next.a, next.b]) : null),
  )
  // Until the answer comes, what stands there may be the answer about another pair.
  const answered = preview.data?.fields ?? []
  const ours = answered.every(({ values }) =>
    values.every(({ lead_id: id }) => id === pair?.a.id || id === pair?.b.id),
  )
  const fields = body && ours && answered.length > 0 ? answered : null
  const rows = useMemo(() => {
    if (!pair) return []
    return fields ? rowsOfPreview(fields, 2) : rowsOfLeads([pair.a, pair.b])
  }, [pair, fields])
  const set = (next: Wish) => pair && setKept({ pair: pair.id, wish: next })
  return {
    wish,
    rows,
    fault: preview.error,
    retry: preview.refetch,
    setSurvivor: (survivor) => set({ ...wish, survivor }),
    pick: (field, lead) => set(withPick(wish, field, lead)),
  }
}
