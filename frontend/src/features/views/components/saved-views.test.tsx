import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http as mock, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { useState } from 'react'

import { SavedViews } from '@/features/views/components/saved-views'
import type { ViewedList } from '@/features/views/use-saved-views'
import type { ViewState } from '@/features/views/view-state'
import { handlers } from '@/testing/handlers'
import { resetViews } from '@/testing/handlers/views'
import { renderApp } from '@/testing/render'
import type { Operation } from '@/types/operation'

const server = setupServer(...handlers)
beforeAll(async () => {
  server.listen()
  // Read once, so that no test waits for code.
  await import('@/components/ui/menu-view')
  await import('@/features/views/components/view-name-dialog')
}, 60_000)
beforeEach(() => resetViews())
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const ALL: ViewState = { q: '', filter: '', sort: '', mode: 'table', columns: [] }
const WORTH: ViewState = { ...ALL, filter: 'grade >= B', sort: '-score' }

interface Address {
  id: string
  bare?: boolean
  state: ViewState
}

const EVERYTHING: readonly Operation[] = [
  'views.create',
  'views.update',
  'views.delete',
  'leads.bulk',
]

/** A list whose address is a piece of state. */
function List({ start, arrange }: { start: Address; arrange?: ViewedList['arrange'] }) {
  const [at, go] = useState(start)
  const list: ViewedList = {
    id: at.id,
    bare: at.bare ?? false,
    state: at.state,
    initial: ALL,
    complete: (columns) => columns,
    hrefOf: (id) => `/leads?view=${id}`,
    show: (id, { q, filter, sort, mode }) =>
      go({ id, state: { q, filter, sort, mode, columns: at.state.columns } }),
    arrange: arrange ?? (() => undefined),
    forget: () => undefined,
  }
  return (
    <SavedViews list={list} admin={false}>
      {({ tabs, actions }) => (
        <>
          {tabs}
          {actions}
          <output>{`${at.id} | ${at.state.filter} | ${at.state.sort}`}</output>
          <button onClick={() => go({ ...at, state: { ...at.state, filter: 'grade >= A' } })}>
            narrow
          </button>
        </>
      )}
    </SavedViews>
  )
}

function show(start: Address, may = EVERYTHING) {
  const arrange = vi.fn()
  renderApp(<List start={start} arrange={arrange} />, { may })
  return arrange
}

const address = () => document.querySelector('output')!.textContent
const changed = () => screen.queryByRole('group', { name: 'Changed since it was saved' })

describe('saved views', () => {
  it('show the one that the address names, unchanged', async () => {
    const arrange = show({ id: 'v1', state: WORTH })
    const tab = await screen.findByRole('link', { name: 'Worth a call' })
    expect(tab).toHaveAttribute('aria-current', 'page')
    expect(changed()).toBeNull()
    expect(arrange).toHaveBeenLastCalledWith('v1', [])
  })

  it('fill in an address that only names the view', async () => {
    show({ id: 'v1', bare: true, state: ALL })
    await waitFor(() => expect(address()).toBe('v1 | grade >= B | -score'))
    expect(changed()).toBeNull()
  })

  it('keep the rows of a link to a view that is gone', async () => {
    show({ id: 'v9', state: WORTH })
    await waitFor(() => expect(address()).toBe(' | grade >= B | -score'))
    expect(screen.getByRole('link', { name: /^All leads/ })).toHaveAttribute('aria-current', 'page')
  })

  it('are put back, or saved once for a double press', async () => {
    const sent: unknown[] = []
    server.events.on('request:start', ({ request }) => {
      if (request.method === 'PUT')
        void request
          .clone()
          .json()
          .then((body) => sent.push(body))
    })
    show({ id: 'v1', state: WORTH })
    await screen.findByRole('link', { name: 'Worth a call' })
    await userEvent.click(screen.getByText('narrow'))
    await userEvent.click(within(changed()!).getByRole('button', { name: 'Reset' }))
    expect(address()).toBe('v1 | grade >= B | -score')
    await userEvent.click(screen.getByText('narrow'))
    await userEvent.dblClick(within(changed()!).getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(changed()).toBeNull())
    expect(sent).toMatchObject([{ name: 'Worth a call', filter: 'grade >= A', sort: '-score' }])
    server.events.removeAllListeners()
  })

  it('keep what was changed here when somebody saved first', async () => {
    server.use(
      mock.put('*/api/v1/views/:id', () =>
        HttpResponse.json({ title: 'Changed since.', code: 'view_stale' }, { status: 412 }),
      ),
    )
    show({ id: 'v1', state: WORTH })
    await screen.findByRole('link', { name: 'Worth a call' })
    await userEvent.click(screen.getByText('narrow'))
    await userEvent.click(within(changed()!).getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(changed()).not.toBeNull())
    expect(address()).toBe('v1 | grade >= A | -score')
  })

  it('say at the name what is wrong with it', async () => {
    show({ id: '', state: WORTH })
    await userEvent.click(await screen.findByRole('button', { name: 'Save as view' }))
    await userEvent.type(await screen.findByLabelText('Name'), 'Worth a call')
    await userEvent.click(screen.getByRole('button', { name: 'Save' }))
    expect(await screen.findByText('Choose another name.')).toBeInTheDocument()
    await userEvent.type(screen.getByLabelText('Name'), ' 2')
    await userEvent.click(screen.getByRole('button', { name: 'Save' }))
    expect(await screen.findByRole('link', { name: 'Worth a call 2' })).toHaveAttribute(
      'aria-current',
      'page',
    )
  })

  it.each([
    ['one of somebody else', 'v2', EVERYTHING, ['Save a copy', 'Copy link']],
    [
      "one's own, as a viewer",
      'v1',
      EVERYTHING.slice(0, 3),
      ['Rename', 'Save a copy', 'Copy link', 'Delete the view'],
    ],
  ] as const)('offer only what the viewer may do: %s', async (_, id, may, want) => {
    show({ id, state: id === 'v1' ? WORTH : { ...ALL, filter: 'status = new' } }, may)
    // The menu's code comes when the pointer is near.
    await userEvent.hover(await screen.findByRole('button', { name: /^What to do with/ }))
    await userEvent.click(await screen.findByRole('button', { name: /^What to do with/ }))
    const items = await screen.findAllByRole('menuitem')
    expect(items.map((each) => each.textContent)).toEqual(want)
  })
})
