import { http as mock, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'

import {
  apiBase,
  apiFetch,
  fetchAsStranger,
  guardSession,
  onNewVersion,
  throughDoor,
} from '@/api/client'
import { leadsCreate, leadsGet } from '@/api/gen/sdk.gen'
import { upload } from '@/api/upload'

const server = setupServer()
beforeAll(() => {
  server.listen()
})
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const URL_ME = '*/api/v1/me'
const URL_REFRESH = '*/api/v1/auth/refresh'

const me = async (): Promise<unknown> => (await apiFetch(apiBase + '/me')).json()
const no = () => HttpResponse.json({ title: 'Sign in', code: 'unauthenticated' }, { status: 401 })

it('takes an answer of no content, even from a browser that gives it an empty stream', async () => {
  const answer = new Response(null, { status: 204 })
  Object.defineProperty(answer, 'body', { value: new ReadableStream() })
  const passed = await throughDoor(() => Promise.resolve(answer))
  expect([passed.status, passed.body]).toEqual([204, null])
})

describe('the session', () => {
  it('is renewed once for many calls, which then go on', async () => {
    let fresh = false
    let refreshes = 0
    server.use(
      mock.get(URL_ME, () => (fresh ? HttpResponse.json({ ok: true }) : no())),
      mock.post(URL_REFRESH, () => {
        refreshes++
        fresh = true
        return new HttpResponse(null, { status: 204 })
      }),
    )
    const answers = await Promise.all([me(), me(), me()])
    expect(answers).toEqual([{ ok: true }, { ok: true }, { ok: true }])
    expect(refreshes).toBe(1)
  })

  it('ends when it cannot be renewed and nobody asks for it', async () => {
    server.use(mock.get(URL_ME, no), mock.post(URL_REFRESH, no))
    await expect(me()).rejects.toMatchObject({ status: 401, code: 'unauthenticated' })
  })

  it('is asked for once it has ended, and every refused call goes again', async () => {
    let signedIn = false
    server.use(
      mock.get(URL_ME, () => (signedIn ? HttpResponse.json({ ok: true }) : no())),
      mock.post(URL_REFRESH, no),
    )
    let asked = 0
    const release = guardSession({
      ask: () => {
        asked++
        signedIn = true
        return Promise.resolve()
      },
    })
    const answers = await Promise.all([me(), me()])
    release()
    expect(answers).toEqual([{ ok: true }, { ok: true }])
    expect(asked).toBeGreaterThan(0)
  })

  it('is not taken for ended while the server is away', async () => {
    server.use(
      mock.get(URL_ME, no),
      mock.post(URL_REFRESH, () => HttpResponse.error()),
    )
    const ask = vi.fn(() => Promise.resolve())
    const release = guardSession({ ask })
    await expect(me()).rejects.toMatchObject({ status: 401 })
    release()
    expect(ask).not.toHaveBeenCalled()
  })

  it('does not loop when the renewed session is refused again', async () => {
    let calls = 0
    server.use(
      mock.get(URL_ME, () => {
        calls++
        return no()
      }),
      mock.post(URL_REFRESH, () => new HttpResponse(null, { status: 204 })),
    )
    await expect(me()).rejects.toMatchObject({ status: 401 })
    expect(calls).toBe(2)
  })

  it("tells when the server's build changes under the page", async () => {
    let version = 'v1'
    server.use(
      mock.get('*/api/v1/y', () =>
        HttpResponse.json({}, { headers: { 'X-Winnow-Version': version } }),
      ),
    )
    const told = vi.fn()
    const stop = onNewVersion(told)
    await apiFetch(apiBase + '/y')
    expect(told).not.toHaveBeenCalled()
    version = 'v2'
    await apiFetch(apiBase + '/y')
    stop()
    expect(told).toHaveBeenCalledExactlyOnceWith('v2')
  })

  it('sends a body again that an ended session refused', async () => {
    let fresh = false
    const bodies: unknown[] = []
    server.use(
      mock.post('*/api/v1/leads', async ({ request }) => {
        bodies.push(await request.json())
        return fresh ? HttpResponse.json({ id: '1' }) : no()
      }),
      mock.post(URL_REFRESH, () => {
        fresh = true
        return new HttpResponse(null, { status: 204 })
      }),
    )
    await leadsCreate({ body: { name: 'Ada' } })
    expect(bodies).toEqual([{ name: 'Ada' }, { name: 'Ada' }])
  })

  it('is not asked about where a 401 is the answer', async () => {
    const refresh = vi.fn(() => new HttpResponse(null, { status: 204 }))
    server.use(mock.get(URL_ME, no), mock.post(URL_REFRESH, refresh))
    await expect(fetchAsStranger(apiBase + '/me')).rejects.toMatchObject({ status: 401 })
    expect(refresh).not.toHaveBeenCalled()
  })
})

describe('a generated call', () => {
  it('sends the header that proves the call is ours, and what else it is given', async () => {
    const seen: (string | null)[] = []
    server.use(
      mock.post('*/api/v1/leads', ({ request }) => {
        for (const name of ['x-winnow-csrf', 'idempotency-key', 'content-type'])
          seen.push(request.headers.get(name))
        return HttpResponse.json({})
      }),
    )
    await leadsCreate({ body: {}, headers: { 'Idempotency-Key': 'k' } })
    expect(seen).toEqual(['1', 'k', 'application/json'])
  })

  it('throws what the server says as a problem', async () => {
    server.use(
      mock.get('*/api/v1/leads/:id', () =>
        HttpResponse.json(
          { detail: 'No such lead.', code: 'not_found', request_id: 'r' },
          { status: 404 },
        ),
      ),
    )
    await expect(leadsGet({ path: { id: 'x' } })).rejects.toMatchObject({
      name: 'ApiProblem',
      status: 404,
      message: 'No such lead.',
      requestId: 'r',
    })
  })

  it('says that no answer came', async () => {
    server.use(mock.get('*/api/v1/leads/:id', () => HttpResponse.error()))
    await expect(leadsGet({ path: { id: 'x' } })).rejects.toMatchObject({
      status: 0,
      code: 'offline',
    })
  })

  it('stays an abort when it is stopped', async () => {
    server.use(mock.get('*/api/v1/leads/:id', () => new Promise(() => undefined)))
    const stop = new AbortController()
    const call = leadsGet({ path: { id: 'x' }, signal: stop.signal })
    stop.abort()
    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe('upload', () => {
  const form = () => {
    const all = new FormData()
    all.append('file', new File(['a,b'], 'leads.csv'))
    return all
  }
  const send = (signal = new AbortController().signal) =>
    upload<{ ok: boolean }>({ path: '/leads/import', form: form(), onProgress: vi.fn(), signal })

  it('sends the file with our header, again after the session was renewed', async () => {
    let fresh = false
    const seen: unknown[] = []
    server.use(
      mock.post('*/api/v1/leads/import', async ({ request }) => {
        const body = await request.text()
        seen.push([request.headers.get('x-winnow-csrf'), body.includes('leads.csv')])
        return fresh ? HttpResponse.json({ ok: true }) : no()
      }),
      mock.post(URL_REFRESH, () => {
        fresh = true
        return new HttpResponse(null, { status: 204 })
      }),
    )
    await expect(send()).resolves.toEqual({ ok: true })
    expect(seen).toEqual([
      ['1', true],
      ['1', true],
    ])
  })

  it.each([
    ['refuses it', () => HttpResponse.json({ code: 'too_large' }, { status: 413 }), 'too_large'],
    ['is away', () => HttpResponse.error(), 'offline'],
  ])('says it when the server %s', async (_what, answer, code) => {
    server.use(mock.post('*/api/v1/leads/import', answer))
    await expect(send()).rejects.toMatchObject({ code })
  })

  it('can be stopped', async () => {
    server.use(mock.post('*/api/v1/leads/import', () => new Promise(() => undefined)))
    const stop = new AbortController()
    const call = send(stop.signal)
    stop.abort()
    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
  })
})
