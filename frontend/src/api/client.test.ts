import { http as mock, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'

import { http, onSignedOut } from '@/api/client'

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

  it('ends when it cannot be renewed, and says so', async () => {
    server.use(mock.get(URL_ME, no), mock.post(URL_REFRESH, no))
    const ended = vi.fn()
    const stop = onSignedOut(ended)
    await expect(me()).rejects.toMatchObject({ status: 401, code: 'unauthenticated' })
    stop()
    expect(ended).toHaveBeenCalledOnce()
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
