import { answeredProblem, ApiProblem, toProblem, unanswered } from '@/api/problem'

function answered(status: number, data: unknown, headers: Record<string, string> = {}) {
  const body = typeof data === 'string' ? data : JSON.stringify(data)
  return answeredProblem(new Response(body, { status, headers }))
}

describe('answeredProblem', () => {
  it('reads a problem document whole', async () => {
    const problem = await answered(422, {
      title: 'Bad Request',
      code: 'invalid',
      detail: 'Some fields need another value.',
      request_id: 'r-1',
      fields: [{ name: 'email', code: 'format', message: 'Not an address.' }],
    })
    expect(problem).toMatchObject({
      status: 422,
      code: 'invalid',
      message: 'Some fields need another value.',
      requestId: 'r-1',
      fields: [{ name: 'email', code: 'format', message: 'Not an address.' }],
    })
  })

  it.each([
    ['the body', { retry_after_s: 7 }, {}, 7],
    ['the header', {}, { 'retry-after': '9' }, 9],
    ['nothing', {}, {}, null],
    ['nonsense', { retry_after_s: -1 }, { 'retry-after': 'soon' }, null],
  ])('takes the waiting time from %s', async (_from, body, headers, expected) => {
    expect((await answered(429, body, headers)).retryAfterSeconds).toBe(expected)
  })

  it('survives an answer that is no problem document', async () => {
    const problem = await answered(502, '<html>Bad gateway</html>')
    expect(problem).toMatchObject({ status: 502, code: 'http_502', fields: [] })
  })
})

describe('unanswered', () => {
  it('is offline, whether the call failed or took too long', () => {
    const offline = { status: 0, code: 'offline' }
    expect(unanswered(new TypeError('Failed to fetch'))).toMatchObject(offline)
    expect(unanswered(new DOMException('', 'TimeoutError'))).toMatchObject(offline)
  })

  it('leaves a stopped call as it is', () => {
    const stopped = new DOMException('', 'AbortError')
    expect(unanswered(stopped)).toBe(stopped)
  })
})

describe('toProblem', () => {
  it('passes its own kind through and wraps the rest', () => {
    const own = new ApiProblem({ status: 409, code: 'conflict', title: 'Taken' })
    expect(toProblem(own)).toBe(own)
    expect(toProblem(new Error('boom'))).toMatchObject({ code: 'unexpected', message: 'boom' })
  })
})
