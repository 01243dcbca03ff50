import { http, HttpResponse } from 'msw'

import { LEADS, makeMessage } from '@/testing/fixtures'
import { api } from '@/testing/handlers/answers'

/** The message to a lead and its versions. */
export const messagesHandlers = [
  http.get(api('/leads/:id/message'), ({ params }) => {
    const lead = LEADS.find((each) => each.id === params.id)!
    return lead.status === 'qualified'
      ? HttpResponse.json(makeMessage(lead))
      : new HttpResponse(null, { status: 204 })
  }),
  http.put(api('/leads/:id/message'), async ({ params, request }) => {
    const lead = LEADS.find((each) => each.id === params.id)!
    return HttpResponse.json({
      ...makeMessage(lead),
      ...((await request.json()) as object),
      version: 3,
    })
  }),
  http.post(api('/leads/:id/message'), ({ params }) =>
    HttpResponse.json(makeMessage(LEADS.find((each) => each.id === params.id)!)),
  ),
  http.get(api('/leads/:id/message/versions'), ({ params }) => {
    const message = makeMessage(LEADS.find((each) => each.id === params.id)!)
    return HttpResponse.json({
      items: [
        { ...message, number: 2 },
        { ...message, version: 1, number: 1, subject: 'A first try' },
      ],
    })
  }),
]
