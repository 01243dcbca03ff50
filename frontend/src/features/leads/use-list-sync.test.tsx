import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, renderHook, waitFor } from '@testing-library/react'
import { http as mock, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import type { ReactNode } from 'react'

import type { Lead } from '@/api/contract'
import { listKeys } from '@/features/leads/list-queries'
import type { ListHead } from '@/features/leads/paging'
import { useListSync } from '@/features/leads/use-list-sync'
import { LEADS } from '@/testing/fixtures'
import { api, page } from '@/testing/handlers/answers'

/** What is asked of the list, and what it answers. */
const asked: { sort: string | null; filter: string | null }[] = []
let stored: typeof LEADS = []
let fresh = 0
/** Of those that came since, leads that the list holds. */
let known: typeof LEADS = []

const server = setupServer(
  mock.get(api('/leads'), ({ request }) => {
    const query = new URL(request.url).searchParams
    const [sort, filter] = [query.get('sort'), query.get('filter')]
    asked.push({ sort, filter })
    if (sort && !filter) return HttpResponse.json(page(stored.slice(0, 1)))
    if (filter?.startsWith('id in')) {
      return HttpResponse.json(page(stored.filter(({ id }) => filter.includes(id))))
    }
    return HttpResponse.json(page(known, fresh))
  }),
)
beforeAll(() => {
  server.listen()
})
beforeEach(() => {
  asked.length = 0
  stored = LEADS.slice(0, 3)
  fresh = 0
  known = []
})
afterAll(() => server.close())

const PARAMS = { filter: 'grade = A' }
const IDS = LEADS.slice(0, 3).map(({ id }) => id)

function head(seen: string | null, readAt: string | null = null): ListHead {
  return {
    params: PARAMS,
    pages: [{ cursor: null, ids: IDS }],
    next: null,
    total: 3,
    capped: false,
    mended: null,
    readAt,
    seen,
  }
}

function follow(seen: string | null, readAt: string | null = null) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  client.setQueryData(listKeys.head(PARAMS), head(seen, readAt))
  client.setQueryData(listKeys.page(PARAMS, null), LEADS.slice(0, 3))
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  )
  const first = head(seen, readAt)
  const hook = renderHook(() => useListSync(first, () => IDS), { wrapper })
  const rows = () => client.getQueryData<Lead[]>(listKeys.page(PARAMS, null))!
  return { client, hook, rows }
}

describe('what happens to a list after it was read', () => {
  it('notes first which lead is the newest, and tells of no news by it', async () => {
    const { client, hook } = follow(null)
    await waitFor(
      () =>
        expect(client.getQueryData<ListHead>(listKeys.head(PARAMS))?.seen).toBe(
          LEADS[0]!.created_at,
        ),
      { timeout: 4000 },
    )
    expect(asked).toEqual([{ sort: '-created_at', filter: null }])
    expect(hook.result.current.news.fresh).toBe(0)
  })

  it('counts what came since under the same filter, without moving a row', async () => {
    fresh = 7
    const { hook, rows } = follow('2025-11-20T10:00:00Z')
    await waitFor(() => expect(hook.result.current.news.fresh).toBe(7), { timeout: 4000 })
    expect(asked.map(({ filter }) => filter)).toContain(
      '(grade = A) and created_at > "2025-11-20T10:00:00Z"',
    )
    expect(rows().map(({ id }) => id)).toEqual(IDS)
  })

  it('tells of leads that came between its reading and the first look', async () => {
    fresh = 3
    known = LEADS.slice(0, 1) // In the same second, and read with the list.
    const { client, hook } = follow(null, '2025-11-20T10:00:00.000Z')
    await waitFor(() => expect(hook.result.current.news.fresh).toBe(2), { timeout: 4000 })
    expect(asked).toEqual([
      { sort: '-created_at', filter: '(grade = A) and created_at > "2025-11-20T10:00:00.000Z"' },
    ])
    const seen = client.getQueryData<ListHead>(listKeys.head(PARAMS))?.seen
    expect(seen).toBe('2025-11-20T10:00:00.000Z')
  })

  it('renews the rows in view where they stand, and names those that are gone', async () => {
    const changed = { ...LEADS[1]!, title: 'Changed elsewhere', version: LEADS[1]!.version + 1 }
    stored = [LEADS[0]!, changed]
    const { hook, rows } = follow('2025-11-20T10:00:00Z')
    await waitFor(() => expect(rows()[1]!.title).toBe('Changed elsewhere'), { timeout: 4000 })
    await waitFor(() => expect([...hook.result.current.news.gone]).toEqual([IDS[2]]))
    expect(rows().map(({ id }) => id)).toEqual(IDS)
  })

  it('has no news once it was asked to show them', async () => {
    fresh = 2
    const { hook } = follow('2025-11-20T10:00:00Z')
    await waitFor(() => expect(hook.result.current.news.fresh).toBe(2), { timeout: 4000 })
    fresh = 0
    await act(() => hook.result.current.refresh())
    await waitFor(() => expect(hook.result.current.news.fresh).toBe(0))
  })
})
