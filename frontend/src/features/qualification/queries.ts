import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { answer } from '@/api/answer'
import { fetchWithin } from '@/api/client'
import {
  analysesCorrect,
  analysesUncorrect,
  analysesWhatIf,
  leadsAnalyze,
  leadsEstimate,
  settingsAiGet,
} from '@/api/gen/sdk.gen'

export function whatIfQuery(leadId: string, analysisId: string, off: readonly string[]) {
  return queryOptions({
    queryKey: ['what-if', leadId, analysisId, off] as const,
    queryFn: ({ signal }) =>
      answer(
        analysesWhatIf({
          path: { id: leadId, analysis_id: analysisId },
          body: { off: [...off] },
          signal,
        }),
      ),
    enabled: off.length > 0,
    staleTime: Infinity,
  })
}

/** Whether there is a model that could analyse. */
export const modelQuery = queryOptions({
  queryKey: ['settings', 'ai'] as const,
  queryFn: ({ signal }) => answer(settingsAiGet({ signal })),
})

export function leadEstimateQuery(leadId: string, enabled: boolean) {
  return queryOptions({
    queryKey: ['leads', 'one', leadId, 'estimate'] as const,
    queryFn: ({ signal }) =>
      answer(leadsEstimate({ body: { ids: [leadId], analyzer: 'llm' }, signal })),
    enabled,
  })
}

/** A model may think for a while. */
const MODEL_MS = 180_000

export function useAnalyzeLead(leadId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (analyzer: 'rules' | 'llm') =>
      leadsAnalyze({ body: { lead_id: leadId, analyzer }, fetch: fetchWithin(MODEL_MS) }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['leads'] }),
  })
}

interface CorrectionInput {
  off: readonly string[]
  note: string
}

/** Keeps or takes back (null) which claims of an analysis are wrong; the lead's grade follows. */
export function useCorrection(leadId: string, analysisId: string) {
  const client = useQueryClient()
  const path = { id: leadId, analysis_id: analysisId }
  return useMutation({
    mutationFn: async (input: CorrectionInput | null): Promise<void> => {
      if (input) await analysesCorrect({ path, body: { ...input, off: [...input.off] } })
      else await analysesUncorrect({ path })
    },
    meta: { inPlace: true },
    onSuccess: () => client.invalidateQueries({ queryKey: ['leads'] }),
  })
}
