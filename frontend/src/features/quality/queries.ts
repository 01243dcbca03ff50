import { queryOptions } from '@tanstack/react-query'

import { answer } from '@/api/answer'
import { analyticsQuality } from '@/api/gen/sdk.gen'

/** What the leads lack; counted over all of them, so not at every event. */
export const qualityQuery = queryOptions({
  queryKey: ['quality'] as const,
  queryFn: ({ signal }) => answer(analyticsQuality({ signal })),
  staleTime: 30_000,
})
