import { act, renderHook } from '@testing-library/react'

import { useMended } from '@/features/leads/use-mended'

const asked = (q: string) => ({ filter: 'score > 1', q, sort: '-score' })

describe('a misspelt search', () => {
  it('is read by the mended words, for the list that was asked for only', () => {
    const { result, rerender } = renderHook(({ q }) => useMended(asked(q)), {
      initialProps: { q: 'jhon' },
    })
    act(() => result.current.heard(asked('jhon'), 'john'))
    expect(result.current.params).toEqual(asked('john'))
    expect(result.current.as).toBe('john')
    act(() => result.current.heard(asked('john'), null))
    expect(result.current.as).toBe('john')
    rerender({ q: 'jho' })
    expect(result.current.params).toEqual(asked('jho'))
    act(() => result.current.heard(asked('jhon'), 'john'))
    expect(result.current.as).toBeNull()
  })
})
