import { parseFilter } from '@/components/filter-builder/parse'
import { leadsHref, toneOf } from '@/features/quality/mend'

describe('the way from a figure to its leads', () => {
  it.each(['file', 'it is "so"', 'back\\slash', ''])('names the source %j', (source) => {
    const href = leadsHref('email empty or phone empty', source)
    const filter = new URLSearchParams(href.split('?')[1]).get('filter') ?? ''
    expect(() => parseFilter(filter)).not.toThrow()
    expect(filter).toContain('(email empty or phone empty)')
  })
})

describe('the tone of a share', () => {
  it.each([
    [0, 10, 'none'],
    [0, 0, 'none'],
    [1, 10, 'some'],
    [2, 10, 'many'],
    [6, 10, 'most'],
  ] as const)('%d of %d', (count, of, tone) => expect(toneOf(count, of)).toBe(tone))
})
