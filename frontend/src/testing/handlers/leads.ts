import { HttpResponse } from 'msw'

import type {
  LeadsGetResponse,
  LeadsListResponse,
  LeadsProvenanceResponse,
  LeadsTimelineResponse,
  LeadsUpdateResponse,
} from '@/api/gen/types.gen'
import { LEADS } from '@/testing/fixtures'
import { mock, problem } from '@/testing/handlers/answers'

/** The list of leads and one of them with where it came from. */
export const leadsHandlers = [
  mock.get<LeadsListResponse>('/leads', ({ request }) => {
    const url = new URL(request.url)
    const q = url.searchParams.get('q')?.toLowerCase() ?? ''
    const from = Number(url.searchParams.get('cursor') ?? 0)
    const limit = Number(url.searchParams.get('limit') ?? 50)
    const found = LEADS.filter(
      (lead) => !q || `${lead.name} ${lead.company}`.toLowerCase().includes(q),
    )
    const items = found.slice(from, from + limit).map((lead) => {
      const at = q ? lead.name.toLowerCase().indexOf(q) : -1
      return at < 0 ? lead : { ...lead, highlights: { name: [[at, at + q.length]] } }
    })
    const next = from + limit < found.length ? String(from + limit) : null
    return HttpResponse.json({ items, next_cursor: next, total: found.length, total_capped: false })
  }),
  mock.get<LeadsGetResponse>('/leads/:id', ({ params }) => {
    const lead = LEADS.find((each) => each.id === params.id)
    return lead ? HttpResponse.json(lead) : problem(404, 'not_found', 'There is no such lead.')
  }),
  mock.put<LeadsUpdateResponse>('/leads/:id', async ({ params, request }) => {
    const lead = LEADS.find((each) => each.id === params.id)!
    Object.assign(lead, await request.json(), { version: lead.version + 1 })
    return HttpResponse.json(lead)
  }),
  mock.get<LeadsProvenanceResponse>('/leads/:id/provenance', () =>
    HttpResponse.json({
      items: [
        {
          field: 'email',
          value: '',
          source: 'csv',
          import_id: 'i1',
          row: 14,
          at: '2025-11-20T10:00:00Z',
        },
      ],
    }),
  ),
  mock.get<LeadsTimelineResponse>('/leads/:id/timeline', ({ params }) =>
    HttpResponse.json({
      items: [
        {
          seq: 3,
          type: 'message.drafted',
          at: '2025-11-24T08:00:00Z',
          subject: { kind: 'lead', id: params.id as string },
        },
        {
          seq: 2,
          type: 'lead.qualified',
          at: '2025-11-24T07:59:00Z',
          subject: { kind: 'lead', id: params.id as string },
        },
        {
          seq: 1,
          type: 'lead.found',
          at: '2025-11-24T06:00:00Z',
          subject: { kind: 'lead', id: params.id as string },
        },
      ],
    }),
  ),
]
