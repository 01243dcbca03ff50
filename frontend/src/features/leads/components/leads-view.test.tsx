import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http as mock, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'

import { LeadsView } from '@/features/leads/components/leads-view'
import { handlers } from '@/testing/handlers'
import { renderApp } from '@/testing/render'
import type { Operation } from '@/types/operation'

const server = setupServer(...handlers)
beforeAll(() => {
  server.listen()
})
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

function show(may: readonly Operation[], path = '/leads') {
  const analyse = vi.fn(() => null)
  renderApp(<LeadsView sources={['csv']} samples={null} analyse={analyse} />, { may, path })
  return { analyse }
}

describe('the leads page', () => {
  it('offers a viewer nothing that would be refused', async () => {
    show([])
    await screen.findByText('240')
    expect(screen.queryByRole('button', { name: 'Analyse' })).toBeNull()
    expect(screen.queryByRole('link', { name: 'Import' })).toBeNull()
    expect(screen.getByRole('button', { name: 'Export' })).toBeEnabled()
  })

  it('lets a user import and analyse what the filters show', async () => {
    const { analyse } = show(['leads.import', 'leads.batch_analyze'], '/leads?grade=A')
    await screen.findByText('240')
    expect(screen.getByRole('link', { name: 'Import' })).toBeInTheDocument()
    await userEvent.click(screen.getByRole('button', { name: 'Analyse' }))
    expect(analyse).toHaveBeenLastCalledWith(
      { filter: 'grade = A', q: undefined },
      expect.any(Function),
    )
  })

  it('says what the server complains about and asks again on request', async () => {
    let broken = true
    server.use(
      mock.get('*/api/v1/leads', () =>
        broken
          ? HttpResponse.json(
              { title: 'The filter has an unknown field.', code: 'filter_invalid', fields: [] },
              { status: 400 },
            )
          : HttpResponse.json({ items: [], next_cursor: null, total: 0, total_capped: false }),
      ),
    )
    show([], '/leads?filter=nope = 1')
    const alert = await screen.findByRole('alert')
    expect(alert).toHaveTextContent('The filter has an unknown field.')
    broken = false
    await userEvent.click(within(alert).getByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('No lead matches')).toBeInTheDocument()
  })
})
