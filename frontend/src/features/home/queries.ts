import { queryOptions } from '@tanstack/react-query'

import { answer } from '@/api/answer'
import type { Lead } from '@/api/contract'
import { analyticsOverview, budgetsList, leadsList } from '@/api/gen/sdk.gen'

export const overviewQuery = queryOptions({
  queryKey: ['overview'] as const,
  queryFn: ({ signal }) => answer(analyticsOverview({ signal })),
})

/** Good leads that nobody has written to; the same words open them as a list. */
export const BEST_FILTER = 'grade >= B and status in (new,qualified)'
export const BEST_SORT = '-score'
const BEST = 6

/** What counts as qualified here: analysed, and qualified or further on. */
export const QUALIFIED_FILTER =
  'status in (qualified,contacted,replied,won,lost) and not analyzed_at empty'

export const bestLeadsQuery = queryOptions({
  queryKey: ['leads', 'best'] as const,
  queryFn: async ({ signal }) => {
    const query = { filter: BEST_FILTER, sort: BEST_SORT, limit: BEST }
    const page = await answer(leadsList({ query, signal }))
    // The grade may be null, which the generated type cannot say.
    return page as unknown as { items: Lead[]; total: number; total_capped: boolean }
  },
})

export const monthBudgetQuery = queryOptions({
  queryKey: [{ _id: 'budgetsList' }, 'left'] as const,
  queryFn: ({ signal }) => answer(budgetsList({ signal })),
})

/** What some leads are called; those that are gone have no name. */
export const namesQuery = (ids: readonly string[]) =>
  queryOptions({
    queryKey: ['leads', 'names', ids] as const,
    queryFn: async ({ signal }) => {
      const query = { filter: `id in (${ids.join(',')})`, limit: ids.length }
      const { items } = await answer(leadsList({ query, signal }))
      return new Map(items.map(({ id, name, company }) => [id, name || company] as const))
    },
    enabled: ids.length > 0,
    placeholderData: (before) => before,
  })
