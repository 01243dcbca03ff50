import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http as mock, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'

import { BulkActions } from '@/features/leads/components/bulk-actions'
import { handlers } from '@/testing/handlers'
import { renderApp } from '@/testing/render'

const server = setupServer(...handlers)
beforeAll(() => {
  server.listen()
})
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

describe('changing many leads', () => {
  it.each([
    ['Add', 'tag'],
    ['Take away', 'untag'],
  ])('%s sends the tags once for a double press', async (button, action) => {
    const onDone = vi.fn()
    const sent: unknown[] = []
    server.use(
      mock.post('*/api/v1/leads/bulk', async ({ request }) => {
        sent.push(await request.json())
        return HttpResponse.json({ change_id: 'c1', count: 2, skipped: 0, ids: [], sample: [] })
      }),
    )
    renderApp(<BulkActions selection={{ ids: ['a', 'b'] }} onDone={onDone} />, {
      may: ['leads.bulk'],
    })
    await userEvent.click(await screen.findByRole('button', { name: 'Tag' }))
    await userEvent.type(screen.getByLabelText('Tags'), 'vip, hot, vip')
    await userEvent.dblClick(screen.getByRole('button', { name: button }))
    await waitFor(() => expect(screen.queryByLabelText('Tags')).toBeNull())
    expect(sent).toEqual([{ ids: ['a', 'b'], action, tags: ['vip', 'hot'] }])
    expect(onDone).toHaveBeenCalledOnce()
  })

  it('keeps what was typed when the server refuses', async () => {
    const onDone = vi.fn()
    server.use(
      mock.post('*/api/v1/leads/bulk', () =>
        HttpResponse.json(
          { title: 'A tag is too long.', code: 'invalid', fields: [] },
          { status: 422 },
        ),
      ),
    )
    renderApp(<BulkActions selection={{ ids: ['a'] }} onDone={onDone} />, { may: ['leads.bulk'] })
    await userEvent.click(await screen.findByRole('button', { name: 'Tag' }))
    await userEvent.type(screen.getByLabelText('Tags'), 'vip')
    await userEvent.click(screen.getByRole('button', { name: 'Add' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('A tag is too long.')
    expect(screen.getByLabelText('Tags')).toHaveValue('vip')
    expect(onDone).not.toHaveBeenCalled()
  })
})
