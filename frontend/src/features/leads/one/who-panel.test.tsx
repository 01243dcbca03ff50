import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http as mock, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { MemoryRouter } from 'react-router'

import type { Lead, User } from '@/api/contract'
import { toast } from '@/components/feedback/toast'
import { ConflictDialog } from '@/features/leads/one/conflict-dialog'
import { useLeadEdit } from '@/features/leads/one/use-lead-edit'
import { WhoPanel } from '@/features/leads/one/who-panel'
import { leadQuery } from '@/features/leads/queries'
import { PermissionsContext } from '@/hooks/use-can'
import { makeLead } from '@/testing/fixtures'
import type { Operation } from '@/types/operation'

vi.mock('@/components/feedback/toast', { spy: true })

/** The lead as the pretend server has it, and what was sent to it. */
let stored: Lead
let sent: { body: Record<string, unknown>; match: string | null }[]

const stale = () =>
  HttpResponse.json({ code: 'lead_stale', detail: 'Somebody changed this lead.' }, { status: 412 })

const server = setupServer(
  mock.get('*/api/v1/leads/:id', () => HttpResponse.json(stored)),
  mock.get('*/api/v1/settings', () => HttpResponse.json({ currency: 'EUR' })),
  mock.get('*/api/v1/leads/:id/provenance', () => HttpResponse.json({ items: [] })),
  mock.put('*/api/v1/leads/:id', async ({ request }) => {
    const body = (await request.json()) as Record<string, unknown>
    const match = request.headers.get('if-match')
    sent.push({ body, match })
    if (match !== `"${stored.version}"`) return stale()
    if (body.email === 'nonsense') {
      const fields = [{ name: 'email', code: 'bad', message: 'This is not an e-mail address.' }]
      return HttpResponse.json({ code: 'input_invalid', detail: 'No.', fields }, { status: 400 })
    }
    stored = { ...stored, ...body, version: stored.version + 1 }
    return HttpResponse.json(stored)
  }),
)
beforeAll(() => {
  server.listen()
})
afterAll(() => server.close())
beforeEach(() => {
  stored = { ...makeLead(0), title: 'Owner', phone: '+1 614 555 0100' }
  sent = []
})

const ME = { id: 'u1', name: 'Robin', email: 'r@example.com', role: 'admin' } as User

function Page({ me }: { me: User }) {
  const lead = useQuery(leadQuery(stored.id))
  return lead.data ? <Shown lead={lead.data} me={me} /> : null
}

function Shown({ lead, me }: { lead: Lead; me: User }) {
  const edit = useLeadEdit(lead)
  return (
    <>
      <WhoPanel
        lead={lead}
        edit={edit}
        me={me}
        people={[me]}
        nameOf={() => 'Kim'}
        mark={(_, text) => text}
      />
      <ConflictDialog open={edit.conflict !== null} edit={edit} />
    </>
  )
}

async function show({ me = ME, may = ['leads.update'] as Operation[] } = {}) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <PermissionsContext value={new Set(may)}>
        <MemoryRouter>
          <Page me={me} />
        </MemoryRouter>
      </PermissionsContext>
    </QueryClientProvider>,
  )
  await screen.findByText('Dana Whitlock')
}

async function type(field: string, text: string) {
  await userEvent.click(screen.getByRole('button', { name: new RegExp(`^Edit ${field}:`) }))
  const input = screen.getByLabelText(field)
  await userEvent.clear(input)
  await userEvent.type(input, `${text}{Enter}`)
}

describe('the fields of a lead', () => {
  it('are saved from the version that was seen, and can be taken back', async () => {
    await show()
    await type('Title', 'Managing owner')
    await waitFor(() => expect(stored.title).toBe('Managing owner'))
    expect(sent[0]).toEqual({ body: { title: 'Managing owner' }, match: '"1"' })
    await waitFor(() => expect(toast).toHaveBeenCalled())
    vi.mocked(toast).mock.lastCall![0].undo!()
    await waitFor(() => expect(stored.title).toBe('Owner'))
    await screen.findByRole('button', { name: 'Edit Title: Owner' })
  })

  it('say in place why they were refused, and keep what was typed', async () => {
    await show()
    await type('E-mail', 'nonsense')
    expect(await screen.findByRole('alert')).toHaveTextContent('This is not an e-mail address.')
    expect(screen.getByLabelText('E-mail')).toHaveValue('nonsense')
    await userEvent.keyboard('{Escape}')
    expect(screen.getByRole('button', { name: /^Edit E-mail: dana/ })).toBeInTheDocument()
  })

  it('are sent again when somebody changed another field meanwhile', async () => {
    await show()
    stored = { ...stored, phone: '+1 000', version: 5 }
    await type('Title', 'Managing owner')
    await waitFor(() => expect(stored).toMatchObject({ title: 'Managing owner', phone: '+1 000' }))
    expect(sent.map((each) => each.match)).toEqual(['"1"', '"5"'])
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it.each([
    ['Keep mine', 'Mine'],
    ['Keep theirs', 'Theirs'],
  ])('show both values of a clash: %s', async (button, title) => {
    await show()
    stored = { ...stored, title: 'Theirs', version: 5 }
    await type('Title', 'Mine')
    const dialog = await screen.findByRole('dialog')
    expect(dialog).toHaveTextContent(/YoursMine.*TheirsTheirs.*Owner/)
    expect(stored.title).toBe('Theirs')
    await userEvent.click(screen.getByRole('button', { name: button }))
    await screen.findByRole('button', { name: `Edit Title: ${title}` })
    expect(stored.title).toBe(title)
  })

  it('made one after the other are no clash', async () => {
    await show()
    await type('Title', 'One')
    await type('Title', 'Two')
    await waitFor(() => expect(stored.title).toBe('Two'))
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it.each<[string, User, Operation[], RegExp | null]>([
    ['a viewer', { ...ME, role: 'viewer' }, [], null],
    [
      'a user, of a free lead',
      { ...ME, role: 'user' },
      ['leads.update', 'leads.claim'],
      /Claim it/,
    ],
  ])('cannot be changed by %s', async (_who, me, may, note) => {
    await show({ me, may })
    expect(screen.queryByRole('button', { name: /^Edit/ })).toBeNull()
    expect(screen.queryByRole('combobox')).toBeNull()
    if (note) expect(screen.getByText(note)).toBeInTheDocument()
    expect(!!screen.queryByRole('button', { name: 'Claim' })).toBe(may.includes('leads.claim'))
  })
})
