import { queryOptions } from '@tanstack/react-query'

import { answer } from '@/api/answer'
import { analyticsOverview } from '@/api/gen/sdk.gen'

export const overviewQuery = queryOptions({
  queryKey: ['overview'] as const,
  queryFn: ({ signal }) => answer(analyticsOverview({ signal })),
})
