import { HttpResponse } from 'msw'

import type { AnalyticsOverviewResponse } from '@/api/gen/types.gen'
import { BATCHES, LEADS } from '@/testing/fixtures'
import { mock } from '@/testing/handlers/answers'

/** The figures of the home page. */
export const homeHandlers = [
  mock.get<AnalyticsOverviewResponse>('/analytics/overview', () =>
    HttpResponse.json({
      leads_total: 1552,
      leads_new_7d: 318,
      analyzed: 1240,
      qualified: 402,
      qualified_rate: { numerator: 402, denominator: 1240 },
      grades: { 'A+': 68, A: 132, B: 202, C: 420, D: 418 },
      sources: [
        { source: 'linkedin', count: 620, qualified: 190 },
        { source: 'reddit', count: 430, qualified: 122 },
        { source: 'website', count: 300, qualified: 70 },
        { source: 'csv', count: 202, qualified: 20 },
      ],
      trend: Array.from({ length: 30 }, (_, i) => ({
        date: new Date(Date.parse('2025-10-26') + i * 86_400_000).toISOString().slice(0, 10),
        found: Math.round(30 + 25 * Math.sin(i / 3) + i),
        qualified: Math.round(9 + 7 * Math.sin(i / 3) + i / 4),
      })),
      batches_running: [BATCHES[0]!],
      cost_micros_month: 12_430_000,
      recent: [
        {
          seq: 9,
          type: 'batch.created',
          at: '2025-11-24T08:50:00Z',
          subject: { kind: 'batch', id: 'b1' },
        },
        {
          seq: 8,
          type: 'import.finished',
          at: '2025-11-24T08:10:00Z',
          subject: { kind: 'import', id: 'i1' },
        },
        {
          seq: 7,
          type: 'lead.qualified',
          at: '2025-11-24T08:00:00Z',
          subject: { kind: 'lead', id: LEADS[0]!.id },
        },
      ],
    }),
  ),
]
