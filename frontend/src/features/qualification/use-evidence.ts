import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { answer } from '@/api/answer'
import type { Analysis, Claim } from '@/api/contract'
import { analysesWhatIf } from '@/api/gen/sdk.gen'

const NOTHING: ReadonlySet<string> = new Set()
const NO_CLAIMS: readonly Claim[] = []

function whatIfQuery(leadId: string, analysisId: string, off: readonly string[]) {
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
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  })
}

/**
 * What ties the score to the text: the claim pointed at, the claims switched
 * off, and the score that would follow without them.
 */
export function useEvidence(leadId: string, analysis: Analysis | undefined) {
  const [lit, setLit] = useState<string | null>(null)
  const [switched, setSwitched] = useState({ analysisId: '', off: NOTHING })
  // Switches belong to one analysis; a newer one starts with all claims on.
  const off = switched.analysisId === analysis?.id ? switched.off : NOTHING
  const whatIf = useQuery(whatIfQuery(leadId, analysis?.id ?? '', [...off].sort()))
  const claims = analysis?.claims ?? NO_CLAIMS
  const onOff = (next: ReadonlySet<string>) =>
    setSwitched({ analysisId: analysis?.id ?? '', off: next })
  return {
    forField: (field: string) => ({
      claims: claims.filter((claim) => claim.field === field),
      lit,
      onLit: setLit,
      off,
    }),
    forClaims: { lit, onLit: setLit, off, onOff },
    forScore: { whatIf: whatIf.data, off, onOff },
  }
}
