import { HttpResponse } from 'msw'

import type { AnalysesListResponse, AnalysesWhatIfResponse } from '@/api/gen/types.gen'
import { LEADS, makeAnalysis } from '@/testing/fixtures'
import { mock } from '@/testing/handlers/answers'

/** Analyses of a lead, and what they would be without a claim. */
export const qualificationHandlers = [
  mock.get<AnalysesListResponse>('/leads/:id/analyses', ({ params }) => {
    const lead = LEADS.find((each) => each.id === params.id)!
    return HttpResponse.json({ items: lead.grade ? [makeAnalysis(lead)] : [] })
  }),
  mock.post<AnalysesWhatIfResponse>(
    '/leads/:id/analyses/:aid/what-if',
    async ({ params, request }) => {
      const lead = LEADS.find((each) => each.id === params.id)!
      const { off } = (await request.json()) as { off: string[] }
      const { breakdown, score } = makeAnalysis(lead)
      const lost = off.length * 9
      return HttpResponse.json({
        score: Math.max(0, score - lost),
        grade: lost > 20 ? 'C' : 'B',
        breakdown: breakdown.map((row) => ({ ...row, points: Math.max(0, row.points - lost / 4) })),
      })
    },
  ),
]
