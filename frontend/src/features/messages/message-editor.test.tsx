import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { act, cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http as mock, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'

import type { Message } from '@/api/contract'
import type { MessageUpdateRequest } from '@/api/gen/types.gen'
import { MessageEditor } from '@/features/messages/components/message-editor'
import { messageQuery } from '@/features/messages/queries'
import { makeLead, makeMessage } from '@/testing/fixtures'

let stored: Message
let fault: Response | null
let puts: string[]
/** Whether each text was to be a version of its own. */
let asked: boolean[]
let refused: number
let client: QueryClient

const server = setupServer(
  mock.get('*/api/v1/leads/:id/message', () => HttpResponse.json(stored)),
  mock.put('*/api/v1/leads/:id/message', async ({ request }) => {
    if (fault) {
      refused++
      return fault.clone()
    }
    const { autosave, ...body } = (await request.json()) as MessageUpdateRequest
    puts.push(body.body)
    asked.push(!autosave)
    if (request.headers.get('if-match') !== `"${stored.version}"`) {
      return HttpResponse.json({ code: 'message_stale', detail: 'Changed.' }, { status: 412 })
    }
    stored = { ...stored, ...body, body: body.body.trim(), version: stored.version + 1 }
    return HttpResponse.json(stored)
  }),
)
beforeAll(() => {
  server.listen()
})
afterAll(() => server.close())
beforeEach(() => {
  sessionStorage.clear()
  stored = { ...makeMessage(makeLead(0)), subject: 'Hello', body: 'First', version: 2 }
  fault = null
  puts = []
  asked = []
  refused = 0
  client = new QueryClient()
})

function Page() {
  const message = useQuery(messageQuery(stored.lead_id))
  return message.data ? <MessageEditor message={message.data} /> : null
}

async function show() {
  render(
    <QueryClientProvider client={client}>
      <Page />
    </QueryClientProvider>,
  )
  return screen.findByRole('textbox', { name: 'Text' })
}

/** What a live event does: the message is read anew. */
const hear = () => act(() => client.invalidateQueries())

describe('the editor of a message', () => {
  it('saves by itself on leaving, and leaves the typed spaces alone', async () => {
    const body = await show()
    await userEvent.type(body, ' words \n')
    expect(screen.getByRole('status')).toHaveTextContent('Not saved yet')
    await userEvent.tab()
    await waitFor(() => expect(screen.getByRole('status')).toHaveTextContent(/^Saved$/))
    expect(stored).toMatchObject({ body: 'First words', version: 3 })
    expect(asked).toEqual([false])
    expect(body).toHaveValue('First words \n')
  })

  it('shows what somebody else wrote where nothing was typed', async () => {
    const body = await show()
    stored = { ...stored, body: 'Theirs', version: 3 }
    await hear()
    await waitFor(() => expect(body).toHaveValue('Theirs'))
  })

  it.each([
    ['Keep mine', 'First, mine'],
    ['Keep theirs', 'Theirs'],
  ])('sets two texts against each other: %s', async (button, text) => {
    const body = await show()
    stored = { ...stored, body: 'Theirs', version: 3 }
    await userEvent.type(body, ', mine')
    await userEvent.tab()
    await screen.findByText('Somebody else changed this too')
    expect(stored.body).toBe('Theirs')
    expect(body).toHaveValue('First, mine')
    await userEvent.click(screen.getByRole('button', { name: button }))
    await waitFor(() => expect(screen.getByRole('status')).toHaveTextContent(/^Saved$/))
    expect(body).toHaveValue(text)
    expect(stored.body).toBe(text)
    // A decision is a version of its own, which later typing does not take away.
    expect(asked.at(-1)).toBe(button === 'Keep mine')
  })

  it.each([
    ['an ended session', 401, /session has ended/],
    ['a broken server', 503, /trouble/],
  ])('keeps what was typed through %s', async (_what, status, words) => {
    const body = await show()
    // The session cannot be renewed either.
    server.use(mock.post('*/api/v1/auth/refresh', () => new HttpResponse(null, { status: 401 })))
    fault = HttpResponse.json({ code: 'x', detail: 'No.' }, { status })
    await userEvent.type(body, ' words')
    await userEvent.tab()
    expect(await screen.findByText(words)).toBeInTheDocument()
    const before = refused
    cleanup()
    // Leaving tries once more.
    await waitFor(() => expect(refused).toBeGreaterThan(before))
    client = new QueryClient()
    fault = null
    expect(await show()).toHaveValue('First words')
    expect(screen.getByText('What you had typed here was brought back.')).toBeInTheDocument()
    await userEvent.click(screen.getByRole('textbox', { name: 'Text' }))
    await userEvent.tab()
    await waitFor(() => expect(stored.body).toBe('First words'))
    await waitFor(() => expect(sessionStorage).toHaveLength(0))
  })

  it('never sends an empty text', async () => {
    const body = await show()
    await userEvent.clear(body)
    await userEvent.tab()
    expect(screen.getByText('The text is empty; write something.')).toBeInTheDocument()
    expect(puts).toEqual([])
  })

  it('A43: shows markup as text', async () => {
    stored = { ...stored, body: '<img src=x onerror=alert(1)>' }
    expect(await show()).toHaveValue('<img src=x onerror=alert(1)>')
    expect(document.querySelector('img')).toBeNull()
  })
})
