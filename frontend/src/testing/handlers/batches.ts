import { http, HttpResponse } from 'msw'

import type {
  BatchesFailuresResponse,
  BatchesGetResponse,
  BatchesListResponse,
  BatchesResultsResponse,
  LeadsBatchAnalyzeResponse,
  LeadsEstimateResponse,
} from '@/api/gen/types.gen'
import { BATCHES, LEADS } from '@/testing/fixtures'
import { api, mock, page } from '@/testing/handlers/answers'

/** What a batch would cost, batches and what became of them. */
export const batchesHandlers = [
  mock.post<LeadsEstimateResponse>('/leads/estimate', async ({ request }) => {
    const body = (await request.json()) as { ids?: string[]; analyzer: string }
    const leads = body.ids?.length ?? 1552
    const paid = body.analyzer === 'llm'
    return HttpResponse.json({
      leads,
      cached: Math.floor(leads / 5),
      to_analyze: leads - Math.floor(leads / 5),
      tokens_in: leads * 900,
      tokens_out: leads * 200,
      cost_micros: paid ? leads * 3100 : 0,
      currency: 'USD',
      seconds: paid ? leads / 8 : 1,
      fits: true,
      budget: {
        limit_micros: 20_000_000,
        spent_micros: 12_430_000,
        reserved_micros: 0,
        left_micros: 7_570_000,
      },
    })
  }),
  mock.post<LeadsBatchAnalyzeResponse>('/leads/batch-analyze', () =>
    HttpResponse.json(BATCHES[0], { status: 202 }),
  ),
  mock.get<BatchesListResponse>('/batches', () => HttpResponse.json(page(BATCHES))),
  mock.get<BatchesGetResponse>('/batches/:id', ({ params }) =>
    HttpResponse.json(BATCHES.find((each) => each.id === params.id) ?? BATCHES[0]),
  ),
  mock.get<BatchesFailuresResponse>('/batches/:id/failures', ({ params }) =>
    HttpResponse.json({
      items:
        params.id === 'b2'
          ? []
          : [
              {
                lead_id: LEADS[3]!.id,
                lead_name: 'Chipo Maregere',
                code: 'rate_limited',
                reason: 'The provider answered 429 three times.',
                attempts: 3,
                at: '2025-11-24T08:59:00Z',
              },
              {
                lead_id: LEADS[5]!.id,
                lead_name: 'Bram de Wit',
                code: 'bad_answer',
                reason: 'The answer did not fit the schema, also after asking again.',
                attempts: 3,
                at: '2025-11-24T08:58:00Z',
              },
            ],
    }),
  ),
  mock.get<BatchesResultsResponse>('/batches/:id/results', () =>
    HttpResponse.json({
      items: LEADS.slice(0, 10).map((l) => ({
        lead_id: l.id,
        name: l.name,
        company: l.company,
        grade: l.grade,
        score: l.score,
        quote: l.top_pain?.quote ?? '',
      })),
    }),
  ),
  http.post(api('/batches/:id/:action'), ({ params }) => {
    const batch = BATCHES.find((each) => each.id === params.id)!
    batch.status =
      params.action === 'pause' ? 'paused' : params.action === 'cancel' ? 'canceled' : 'running'
    return HttpResponse.json(batch)
  }),
]
