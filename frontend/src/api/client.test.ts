import { http as mock, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'

import { guardSession, http, onNewVersion } from '@/api/client'

const server = setupServer()
beforeAll(() => {
  server.listen()
})
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const URL_ME = '*/api/v1/me'
const URL_REFRESH = '*/api/v1/auth/refresh'

const me = async () => (await http.get<unknown>('/me')).data
const no = () => HttpResponse.json({ title: 'Sign in', code: 'unauthenticated' }, { status: 401 })

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
    await http.get('/y')
    expect(told).not.toHaveBeenCalled()
    version = 'v2'
    await http.get('/y')
    stop()
    expect(told).toHaveBeenCalledExactlyOnceWith('v2')
  })

  it('sends the header that proves the call is ours', async () => {
    let header: string | null = null
    server.use(
      mock.post('*/api/v1/x', ({ request }) => {
        header = request.headers.get('x-winnow-csrf')
        return HttpResponse.json({})
      }),
    )
    await http.post('/x')
    expect(header).toBe('1')
  })
})
