import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http as mock, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'

import type { User } from '@/api/contract'
import { BulkActions } from '@/features/leads/components/bulk-actions'
import { handlers } from '@/testing/handlers'
import { renderApp } from '@/testing/render'
import type { Operation } from '@/types/operation'

const server = setupServer(...handlers)
beforeAll(async () => {
  server.listen()
  // Read once, so that no test waits for the code of the dialogs.
  await import('@/features/leads/components/bulk-dialogs')
}, 60_000)
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const person = (role: User['role']) => ({ id: 'u2', name: 'Mika', role }) as User

interface Sent {
  dry_run?: boolean
}

/** Answers previews with a count, and keeps what was really sent. */
function answerBulk(count: number): Sent[] {
  const sent: Sent[] = []
  server.use(
    mock.post('*/api/v1/leads/bulk', async ({ request }) => {
      const body = (await request.json()) as Sent
      if (!body.dry_run) sent.push(body)
      return HttpResponse.json({ change_id: 'c1', count, skipped: 1, ids: [], sample: [] })
    }),
  )
  return sent
}

function show(may: readonly Operation[], role: User['role'] = 'user') {
  const onDone = vi.fn()
  renderApp(
    <BulkActions
      me={person(role)}
      selection={{ ids: ['a', 'b'] }}
      count={2}
      onAnalyse={() => undefined}
      onDone={onDone}
      exporting={null}
    />,
    { may },
  )
  return onDone
}

const names = () => screen.queryAllByRole('button').map((each) => each.textContent)

describe('what is offered for many leads', () => {
  it.each([
    ['viewer', [], []],
    ['user', ['leads.bulk', 'leads.claim', 'users.list'], ['Edit', 'Tag', 'Claim', 'Delete']],
    ['admin', ['leads.bulk', 'leads.claim', 'users.list'], ['Edit', 'Tag', 'Assign', 'Delete']],
    ['user', ['leads.batch_analyze'], ['Analyse']],
  ] as [User['role'], Operation[], string[]][])('%s with %j', (role, may, want) => {
    show(may, role)
    expect(names()).toEqual(want)
  })
})

describe('changing many leads', () => {
  it.each([
    ['Add', 'tag', 'Tag 2 leads'],
    ['Take away', 'untag', 'Take from 2 leads'],
  ])('%s says the count first and sends once for a double press', async (what, action, verb) => {
    const sent = answerBulk(2)
    const onDone = show(['leads.bulk'])
    await userEvent.click(screen.getByRole('button', { name: 'Tag' }))
    await userEvent.click(await screen.findByRole('radio', { name: what }))
    await userEvent.type(screen.getByLabelText('Tags'), 'vip, hot{Enter}')
    expect(await screen.findByText('2 leads will change')).toBeInTheDocument()
    expect(screen.getByText(/^1 stays as it is/)).toBeInTheDocument()
    expect(sent).toEqual([])
    const button = await screen.findByRole('button', { name: verb })
    await waitFor(() => expect(button).toBeEnabled())
    await userEvent.dblClick(button)
    await waitFor(() => expect(screen.queryByLabelText('Tags')).toBeNull())
    expect(sent).toEqual([{ ids: ['a', 'b'], action, tags: ['vip', 'hot'] }])
    expect(onDone).toHaveBeenCalledOnce()
  })

  it('sets several fields at once', async () => {
    const sent = answerBulk(2)
    show(['leads.bulk'])
    await userEvent.click(screen.getByRole('button', { name: 'Edit' }))
    await userEvent.selectOptions(await screen.findByLabelText('Status'), 'won')
    await userEvent.click(screen.getByRole('button', { name: 'Another field' }))
    await userEvent.type(screen.getByRole('textbox', { name: 'Title' }), 'Owner')
    const button = await screen.findByRole('button', { name: 'Change 2 leads' })
    await waitFor(() => expect(button).toBeEnabled())
    await userEvent.click(button)
    await waitFor(() =>
      expect(sent).toEqual([
        { ids: ['a', 'b'], action: 'edit', set: { status: 'won', title: 'Owner' } },
      ]),
    )
  })

  it('offers nothing to press when no lead would change', async () => {
    answerBulk(0)
    show(['leads.bulk', 'leads.claim'])
    await userEvent.click(screen.getByRole('button', { name: 'Claim' }))
    expect(await screen.findByText('No lead will change')).toBeInTheDocument()
    expect(screen.getByRole('button', { name: /^Claim 0/ })).toBeDisabled()
  })

  it('keeps what was chosen when the server refuses', async () => {
    server.use(
      mock.post('*/api/v1/leads/bulk', () =>
        HttpResponse.json(
          { title: 'A tag is too long.', code: 'invalid', fields: [] },
          { status: 422 },
        ),
      ),
    )
    const onDone = show(['leads.bulk'])
    await userEvent.click(screen.getByRole('button', { name: 'Tag' }))
    await userEvent.type(await screen.findByLabelText('Tags'), 'vip{Enter}')
    expect(await screen.findByRole('alert')).toHaveTextContent('A tag is too long.')
    expect(screen.getByRole('button', { name: 'Remove vip' })).toBeInTheDocument()
    expect(onDone).not.toHaveBeenCalled()
  })
})
