import { HttpResponse } from 'msw'

import type {
  MessagesDraftResponse,
  MessagesGetResponse,
  MessagesUpdateResponse,
  MessagesVersionsResponse,
} from '@/api/gen/types.gen'
import { LEADS, makeMessage } from '@/testing/fixtures'
import { mock } from '@/testing/handlers/answers'

/** The message to a lead and its versions. */
export const messagesHandlers = [
  mock.get<MessagesGetResponse>('/leads/:id/message', ({ params }) => {
    const lead = LEADS.find((each) => each.id === params.id)!
    return lead.status === 'qualified'
      ? HttpResponse.json(makeMessage(lead))
      : new HttpResponse(null, { status: 204 })
  }),
  mock.put<MessagesUpdateResponse>('/leads/:id/message', async ({ params, request }) => {
    const lead = LEADS.find((each) => each.id === params.id)!
    return HttpResponse.json({
      ...makeMessage(lead),
      ...((await request.json()) as object),
      version: 3,
    })
  }),
  mock.post<MessagesDraftResponse>('/leads/:id/message', ({ params }) =>
    HttpResponse.json(makeMessage(LEADS.find((each) => each.id === params.id)!)),
  ),
  mock.get<MessagesVersionsResponse>('/leads/:id/message/versions', ({ params }) => {
    const message = makeMessage(LEADS.find((each) => each.id === params.id)!)
    return HttpResponse.json({
      items: [
        { ...message, number: 2 },
        { ...message, version: 1, number: 1, subject: 'A first try' },
      ],
    })
  }),
]
