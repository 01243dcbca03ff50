import { HttpResponse } from 'msw'

import type {
  ViewRequest,
  ViewResponse,
  ViewsCreateResponse,
  ViewsDeleteResponse,
  ViewsListResponse,
  ViewsUpdateResponse,
} from '@/api/gen/types.gen'
import { mock } from '@/testing/handlers/answers'

function viewOf(id: string, request: ViewRequest, rest: Partial<ViewResponse> = {}): ViewResponse {
  return {
    id,
    name: request.name,
    shared: request.shared ?? false,
    owner_id: 'u1',
    mine: true,
    filter: request.filter ?? '',
    q: request.q ?? '',
    sort: request.sort ?? '',
    mode: request.mode ?? 'table',
    columns: (request.columns ?? []).map(({ id: column, width = 0, hidden = false }) => ({
      id: column,
      width,
      hidden,
    })),
    position: request.position ?? 0,
    version: 1,
    ...rest,
  }
}

const first = (): ViewResponse[] => [
  viewOf('v1', { name: 'Worth a call', filter: 'grade >= B', sort: '-score' }),
  viewOf(
    'v2',
    { name: 'Team', filter: 'status = new', shared: true },
    { mine: false, owner_id: 'u2' },
  ),
]

let views = first()

/** Views as they came; a test calls it before each of its cases. */
export function resetViews(): void {
  views = first()
}

/** The saved views. */
export const viewHandlers = [
  mock.get<ViewsListResponse>('/views', () => HttpResponse.json({ items: views })),
  mock.post<ViewsCreateResponse>('/views', async ({ request }) => {
    const body = (await request.json()) as ViewRequest
    if (views.some((each) => each.mine && each.name === body.name)) {
      return HttpResponse.json(
        {
          title: 'You have a view of that name already.',
          code: 'view_name_taken',
          fields: [{ name: 'name', code: 'taken', message: 'Choose another name.' }],
        },
        { status: 409 },
      )
    }
    const made = viewOf(`v${views.length + 1}`, body, { position: views.length })
    views = [...views, made]
    return HttpResponse.json(made, { status: 201 })
  }),
  mock.put<ViewsUpdateResponse>('/views/:id', async ({ params, request }) => {
    const before = views.find((each) => each.id === params.id)!
    if (request.headers.get('If-Match') !== `"${before.version}"`) {
      return HttpResponse.json(
        { title: 'This view was changed since you read it.', code: 'view_stale', fields: [] },
        { status: 412 },
      )
    }
    const { mine, owner_id, position, version } = before
    const body = (await request.json()) as ViewRequest
    const after = viewOf(before.id, { position, ...body }, { mine, owner_id, version: version + 1 })
    views = views.map((each) => (each.id === after.id ? after : each))
    return HttpResponse.json(after)
  }),
  mock.delete<ViewsDeleteResponse>('/views/:id', ({ params }) => {
    views = views.filter((each) => each.id !== params.id)
    return new HttpResponse(null, { status: 204 })
  }),
]
