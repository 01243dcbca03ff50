import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { delay, http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'

import type { User } from '@/api/contract'
import { Toasts } from '@/components/feedback/toasts'
import { DuplicatesView } from '@/features/duplicates/components/duplicates-view'
import { handlers } from '@/testing/handlers'
import { makePairs, resetPairs } from '@/testing/handlers/duplicates'
import { renderApp } from '@/testing/render'
import type { Operation } from '@/types/operation'

const server = setupServer(...handlers)
beforeAll(() => {
  server.listen()
})
beforeEach(resetPairs)
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const ADMIN = { id: 'u1', role: 'admin' } as User
const USER = { id: 'nobody-of-them', role: 'user' } as User
const JUDGE: Operation[] = ['duplicates.list', 'duplicates.judge']

function show(may: readonly Operation[], { me = ADMIN, path = '/duplicates' } = {}) {
  renderApp(
    <>
      <DuplicatesView me={me} nameOf={() => 'Robin'} say={(_field, value) => value} />
      <Toasts />
    </>,
    { may, path },
  )
}

const queue = () => screen.findByRole('list', { name: 'Pairs that may be the same' })
/** Where in the queue one is, as the page says it. */
const at = (position: string) => screen.findByText(position, undefined, { timeout: 3000 })
const verdicts: { id: string; verdict: string }[] = []

function record() {
  verdicts.length = 0
  server.events.on('request:start', ({ request }) => {
    const id = /\/duplicates\/(pair-\d+)$/.exec(request.url)?.[1]
    if (request.method !== 'POST' || !id) return
    void request
      .clone()
      .json()
      .then((body: { verdict: string }) => verdicts.push({ id, verdict: body.verdict }))
  })
}
afterEach(() => server.events.removeAllListeners())

it('judges the pair at hand by one key, shows the next at once and takes the last back', async () => {
  record()
  show(JUDGE)
  await at('1 of 12')
  await userEvent.keyboard('d')
  await userEvent.keyboard('s')
  await at('1 of 10')
  await waitFor(() => expect(verdicts.length).toBe(2))
  expect(verdicts).toEqual([
    { id: 'pair-0', verdict: 'different' },
    { id: 'pair-1', verdict: 'skip' },
  ])
  await userEvent.keyboard('u')
  await at('1 of 11')
  expect(verdicts.at(-1)).toEqual({ id: 'pair-1', verdict: 'open' })
})

it('puts a refused pair back and says why', async () => {
  server.use(
    http.post('*/api/v1/duplicates/:id', () =>
      HttpResponse.json(
        { code: 'duplicate_stale', detail: 'Somebody judged this pair since you read it.' },
        { status: 412 },
      ),
    ),
  )
  show(JUDGE)
  await at('1 of 12')
  await userEvent.keyboard('d')
  expect((await screen.findAllByText(/your verdict did not count/)).length).toBeGreaterThan(0)
  expect(await at('2 of 12')).toBeVisible()
})

it('gives each pair one verdict, however fast the key is pressed', async () => {
  record()
  server.use(
    http.post('*/api/v1/duplicates/:id', async () => {
      await delay(50)
      return undefined // The next handler answers.
    }),
  )
  show(JUDGE)
  await at('1 of 12')
  await userEvent.keyboard('dddd')
  await at('1 of 8')
  await waitFor(() => expect(verdicts.length).toBe(4))
  expect(new Set(verdicts.map(({ id }) => id)).size).toBe(4)
})

it.each([
  ['may only read', ADMIN, ['duplicates.list'] as Operation[]],
  ['owns neither lead', USER, JUDGE],
])('offers no verdict to who %s', async (_who, me, may) => {
  record()
  show(may, { me })
  await queue()
  expect(screen.queryByRole('button', { name: /^Merge/ })).toBeNull()
  expect(screen.queryByRole('radio', { name: /^Stays/ })).toBeNull()
  await userEvent.keyboard('mds')
  expect(verdicts).toEqual([])
})

it('keeps to the pair that the address names, also when it is no longer among them', async () => {
  const [, , third] = makePairs()
  server.use(
    http.get('*/api/v1/duplicates/pair-2', () =>
      HttpResponse.json({ ...third, state: 'different' }),
    ),
    http.get('*/api/v1/duplicates', () =>
      HttpResponse.json({
        items: makePairs(1),
        next_cursor: null,
        total: 1,
        total_capped: false,
      }),
    ),
  )
  show(JUDGE, { path: '/duplicates?pair=pair-2' })
  expect(await screen.findByText('This pair was found to be two leads meanwhile.')).toBeVisible()
  expect(screen.queryByRole('button', { name: /^Different/ })).toBeNull()
})

it('shows the pairs of another state, the first of them at hand', async () => {
  show(JUDGE)
  await at('1 of 12')
  await userEvent.keyboard('jss')
  await at('2 of 10')
  await userEvent.click(screen.getByRole('radio', { name: 'Skipped' }))
  await at('1 of 2')
  expect(screen.getByText('This pair was put off for later.')).toBeVisible()
  await userEvent.selectOptions(screen.getByLabelText('Least confidence'), '0.95')
  await at('1 of 1')
  await userEvent.click(screen.getByRole('radio', { name: 'To decide' }))
  await at('1 of 1')
})
