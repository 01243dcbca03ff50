import { AxiosError, AxiosHeaders, type AxiosResponse } from 'axios'

import { ApiProblem, toProblem } from '@/api/problem'

function answered(status: number, data: unknown, headers: Record<string, string> = {}): AxiosError {
  const response = {
    status,
    data,
    headers: new AxiosHeaders(headers),
    statusText: '',
    config: { headers: new AxiosHeaders() },
  } as AxiosResponse
  return new AxiosError('x', undefined, undefined, undefined, response)
}

describe('toProblem', () => {
  it('reads a problem document whole', () => {
    const problem = toProblem(
      answered(422, {
        title: 'Bad Request',
        code: 'invalid',
        detail: 'Some fields need another value.',
        request_id: 'r-1',
        fields: [{ name: 'email', code: 'format', message: 'Not an address.' }],
      }),
    )
    expect(problem).toMatchObject({
      status: 422,
      code: 'invalid',
      message: 'Some fields need another value.',
      requestId: 'r-1',
      fields: [{ name: 'email', code: 'format', message: 'Not an address.' }],
    })
  })

  it('knows that no answer came', () => {
    expect(toProblem(new AxiosError('Network Error'))).toMatchObject({ status: 0, code: 'offline' })
  })

  it.each([
    ['the body', { retry_after_s: 7 }, {}, 7],
    ['the header', {}, { 'retry-after': '9' }, 9],
    ['nothing', {}, {}, null],
    ['nonsense', { retry_after_s: -1 }, { 'retry-after': 'soon' }, null],
  ])('takes the waiting time from %s', (_from, body, headers, expected) => {
    expect(toProblem(answered(429, body, headers)).retryAfterSeconds).toBe(expected)
  })

  it('survives an answer that is no problem document', () => {
    const problem = toProblem(answered(502, '<html>Bad gateway</html>'))
    expect(problem).toMatchObject({ status: 502, code: 'http_502', fields: [] })
  })

  it('reads a problem that came as text, as blob downloads do', () => {
    expect(toProblem(answered(404, '{"title":"Gone","code":"not_found"}')).code).toBe('not_found')
  })

  it('passes its own kind through and wraps the rest', () => {
    const own = new ApiProblem({ status: 409, code: 'conflict', title: 'Taken' })
    expect(toProblem(own)).toBe(own)
    expect(toProblem(new Error('boom'))).toMatchObject({ code: 'unexpected', message: 'boom' })
  })
})
