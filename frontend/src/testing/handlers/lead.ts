import { HttpResponse } from 'msw'

import type {
  AnalysesCorrectResponse,
  AnalysesUncorrectResponse,
  LeadsRelatedResponse,
  TemplatesListResponse,
  TemplatesPreviewResponse,
} from '@/api/gen/types.gen'
import { LEADS } from '@/testing/fixtures'
import { mock } from '@/testing/handlers/answers'

const TEMPLATES = [
  {
    id: 't1',
    name: 'Their pain, in their words',
    subject: '{{pain}} at {{company|your company}}',
    body: 'Hi {{first_name|there}},\n\nyou wrote: “{{pain_quote}}”\n\n{{sender_name}}',
    builtin: true,
    version: 1,
    created_at: '2025-11-20T10:00:00Z',
    updated_at: '2025-11-20T10:00:00Z',
  },
]

/** What the pages of one lead and of templates ask for beyond the list. */
export const leadHandlers = [
  mock.get<LeadsRelatedResponse>('/leads/:id/related', ({ params }) => {
    const lead = LEADS.find((each) => each.id === params.id)
    const items = LEADS.filter((each) => each.company === lead?.company && each !== lead)
    return HttpResponse.json({ items: items.slice(0, 3) })
  }),
  mock.put<AnalysesCorrectResponse>('/leads/:id/analyses/:aid/correction', async ({ request }) => {
    const { off, note } = (await request.json()) as { off: string[]; note: string }
    return HttpResponse.json({
      off,
      note,
      by: 'u1',
      at: '2025-11-24T09:00:00Z',
      score: 40,
      grade: 'C',
      breakdown: [],
    })
  }),
  mock.delete<AnalysesUncorrectResponse>(
    '/leads/:id/analyses/:aid/correction',
    () => new HttpResponse(null, { status: 204 }),
  ),
  mock.get<TemplatesListResponse>('/templates', () =>
    HttpResponse.json({
      items: TEMPLATES,
      variables: [
        { name: 'company', meaning: "the lead's company" },
        { name: 'first_name', meaning: "the lead's given name" },
        { name: 'pain', meaning: "the name of the lead's weightiest pain" },
        { name: 'pain_quote', meaning: "the lead's own words about that pain" },
        { name: 'sender_name', meaning: 'whoever signs the message' },
      ],
    }),
  ),
  mock.post<TemplatesPreviewResponse>('/templates/preview', async ({ request }) => {
    const { subject, body } = (await request.json()) as { subject: string; body: string }
    const fill = (text: string) => text.replace(/\{\{company(\|[^}]*)?\}\}/g, 'Whitlock Metalworks')
    return HttpResponse.json({
      subject: fill(subject),
      body: fill(body),
      variables: [{ name: 'company', value: 'Whitlock Metalworks' }],
      missing: [],
    })
  }),
]
