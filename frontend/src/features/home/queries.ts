import { queryOptions } from '@tanstack/react-query'

import { get } from '@/api/client'
import type { Overview } from '@/api/contract'

export const overviewQuery = queryOptions({
  queryKey: ['overview'] as const,
  queryFn: ({ signal }) => get<Overview>('/analytics/overview', { signal }),
})
