import { QueryClient } from '@tanstack/react-query'
import i18next from 'i18next'
import { http as mock, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'

import type { Lead } from '@/api/contract'
import { toast } from '@/components/feedback/toast'
import { createRowSaver, type RowConflict } from '@/features/leads/inline/save-row'
import { listKeys, patchRows } from '@/features/leads/list-queries'
import { makeLead } from '@/testing/fixtures'

vi.mock('@/components/feedback/toast', () => ({ toast: vi.fn() }))

const server = setupServer()
beforeAll(() => {
  server.listen()
})
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const lead: Lead = { ...makeLead(1), company: 'Before', title: 'Owner', version: 3 }
const KEY = listKeys.page({}, null)

function setUp(keep: 'mine' | 'theirs' = 'theirs') {
  const client = new QueryClient()
  client.setQueryData<Lead[]>(KEY, [makeLead(0), lead, makeLead(2)])
  const asked: RowConflict[] = []
  const save = createRowSaver({
    client,
    t: i18next.t,
    ask: (conflict) => {
      asked.push(conflict)
      return Promise.resolve(keep)
    },
  })
  const row = () => client.getQueryData<Lead[]>(KEY)![1]!
  return { client, save, row, asked }
}

/** A server that holds one lead and refuses writes on an older version. */
function serve(stored: Lead) {
  let now = stored
  const writes: { match: string | null; body: unknown }[] = []
  server.use(
    mock.get('*/api/v1/leads/:id', () => HttpResponse.json(now)),
    mock.put('*/api/v1/leads/:id', async ({ request }) => {
      const body = (await request.json()) as Partial<Lead>
      const match = request.headers.get('If-Match')
      writes.push({ match, body })
      if (match !== `"${now.version}"`) {
        return HttpResponse.json(
          { code: 'lead_stale', title: 'Stale', fields: [] },
          { status: 412 },
        )
      }
      now = { ...now, ...body, version: now.version + 1 }
      return HttpResponse.json(now)
    }),
  )
  return writes
}

const change = (patch: object) => ({ lead, patch, label: 'Company' })
/** Before anything that waits for the server. */
const soon = () => Promise.resolve().then(() => undefined)
const lastToast = () => vi.mocked(toast).mock.lastCall?.[0]

describe('saving a cell', () => {
  it('shows the value at once, saves it on the version that was seen, and can take it back', async () => {
    const writes = serve(lead)
    const { save, row } = setUp()
    const saving = save(change({ company: 'After' }))
    await soon()
    expect(row()).toMatchObject({ company: 'After', version: 3 })
    await saving
    expect(row()).toMatchObject({ company: 'After', version: 4 })
    expect(writes).toEqual([{ match: '"3"', body: { company: 'After' } }])
    await lastToast()?.undo?.()
    expect(row()).toMatchObject({ company: 'Before', version: 5 })
    expect(lastToast()?.undo).toBeUndefined()
  })

  it('takes the value back and says why when the server refuses it', async () => {
    server.use(
      mock.put('*/api/v1/leads/:id', () =>
        HttpResponse.json(
          {
            code: 'invalid',
            title: 'Not valid',
            fields: [{ name: 'company', message: 'Use at most 500 characters.' }],
          },
          { status: 422 },
        ),
      ),
    )
    const { save, row } = setUp()
    await save(change({ company: 'After' }))
    expect(row()).toMatchObject({ company: 'Before', version: 3 })
    expect(lastToast()).toMatchObject({ tone: 'bad', detail: 'Use at most 500 characters.' })
  })

  it('takes the value back without a connection', async () => {
    server.use(mock.put('*/api/v1/leads/:id', () => HttpResponse.error()))
    const { save, row } = setUp()
    await save(change({ company: 'After' }))
    expect(row().company).toBe('Before')
    expect(lastToast()).toMatchObject({ tone: 'bad', detail: i18next.t('error.offline') })
  })

  it('goes over a change of something else that somebody made meanwhile', async () => {
    const writes = serve({ ...lead, title: 'CEO', version: 7 })
    const { save, row, asked } = setUp()
    await save(change({ company: 'After' }))
    expect(writes.map(({ match }) => match)).toEqual(['"3"', '"7"'])
    expect(row()).toMatchObject({ company: 'After', title: 'CEO', version: 8 })
    expect(asked).toEqual([])
  })

  it.each([
    ['theirs', 'Theirs', 1],
    ['mine', 'After', 2],
  ] as const)('asks when both changed the same, and keeps %s', async (keep, company, count) => {
    const writes = serve({ ...lead, company: 'Theirs', version: 7 })
    const { save, row, asked } = setUp(keep)
    await save(change({ company: 'After' }))
    expect(asked[0]?.clashes).toEqual([
      { field: 'company', custom: false, before: 'Before', mine: 'After', theirs: 'Theirs' },
    ])
    expect(row().company).toBe(company)
    expect(writes).toHaveLength(count)
  })

  it('sends two quick changes of one lead one after the other, without a conflict of its own', async () => {
    const writes = serve(lead)
    const { save, row, asked } = setUp()
    await Promise.all([save(change({ company: 'One' })), save(change({ title: 'Two' }))])
    expect(writes.map(({ match }) => match)).toEqual(['"3"', '"4"'])
    expect(row()).toMatchObject({ company: 'One', title: 'Two', version: 5 })
    expect(asked).toEqual([])
  })

  it('is not undone on the screen by what the server said before', async () => {
    serve(lead)
    const { save, row, client } = setUp()
    const saving = save(change({ company: 'After' }))
    await soon()
    patchRows(client, [lead])
    expect(row().company).toBe('After')
    await saving
    patchRows(client, [lead])
    expect(row().company).toBe('After')
  })
})
