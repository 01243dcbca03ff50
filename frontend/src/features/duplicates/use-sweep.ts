import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { answer } from '@/api/answer'
import { duplicatesSweep, duplicatesSwept } from '@/api/gen/sdk.gen'
import type { SweepResponse } from '@/api/gen/types.gen'
import { duplicateKeys } from '@/features/duplicates/queries'
import type { Filled } from '@/types/filled'

export type Sweep = Filled<SweepResponse>

/** While it runs it is asked now and then too: the live feed may be down. */
const POLL_MS = 5_000

export function isRunning(sweep: Sweep | null | undefined): boolean {
  return sweep?.status === 'queued' || sweep?.status === 'running'
}

/** The last look through all leads, and how far it is. */
export const sweepQuery = queryOptions({
  queryKey: [...duplicateKeys.all, 'sweep'] as const,
  queryFn: async ({ signal }) => (await answer(duplicatesSwept({ signal }))).sweep,
  refetchInterval: ({ state }) => (isRunning(state.data) ? POLL_MS : false),
})

/** Looks through all leads for duplicates. */
export function useSweep() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async () => (await answer(duplicatesSweep())).sweep,
    onSuccess: (sweep) => client.setQueryData(sweepQuery.queryKey, sweep),
  })
}
