import {
  cursorsFor,
  knownIds,
  type ListHead,
  rowCount,
  withoutIds,
  withPage,
} from '@/features/leads/paging'

const names = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => `l${from + i}`)

function head(pages: number, next: string | null, total = 10_000): ListHead {
  return {
    params: {},
    pages: Array.from({ length: pages }, (_, i) => ({
      cursor: i === 0 ? null : `c${i}`,
      ids: names(i * 100, 100),
    })),
    next,
    total,
    capped: total === 10_000,
    mended: null,
    readAt: null,
    seen: null,
  }
}

describe('a list read in pages', () => {
  it('has room for what was counted, for more than that, and for no more at its end', () => {
    expect(rowCount(head(1, 'c1'))).toBe(10_000)
    expect(rowCount(head(101, 'c101'))).toBe(15_000)
    expect(rowCount(head(149, 'c149'))).toBe(15_000)
    expect(rowCount(head(150, 'c150'))).toBe(20_000)
    expect(rowCount(head(3, 'c3', 250))).toBe(301)
    expect(rowCount(head(101, null))).toBe(10_100)
    expect(rowCount(head(2, null, 250))).toBe(200)
  })

  it.each([
    ['at the top', 0, 30, [null]],
    ['near a border, the neighbour too', 70, 95, [null, 'c1', 'c2']],
    ['in the middle, no far one', 360, 390, ['c2', 'c3', 'c4']],
    ['near the end of what is known, the page after', 940, 980, ['c8', 'c9', 'c10']],
    ['far beyond, only the next step', 5000, 5040, ['c10']],
  ])('asks %s', (_, first, last, expected) => {
    const wanted = cursorsFor(head(10, 'c10'), first, last, 150)
    for (const cursor of expected) expect(wanted).toContain(cursor)
    expect(wanted.length).toBeLessThanOrEqual(expected.length + 1)
  })

  it('grows by the page that follows', () => {
    const grown = withPage(head(2, 'c2'), 'c2', names(200, 100), 'c3')
    expect(knownIds(grown)).toHaveLength(300)
    expect(grown.next).toBe('c3')
  })

  it('takes no lead up twice when rows moved between two reads', () => {
    const grown = withPage(head(1, 'c1'), 'c1', ['l99', 'l100'], null)
    expect(knownIds(grown)).toEqual([...names(0, 100), 'l100'])
  })

  it('stays as it is when a page comes as it was', () => {
    const before = head(3, 'c3')
    expect(withPage(before, 'c1', names(100, 100), 'c2')).toBe(before)
  })

  it('reads on from a page that ends elsewhere than before', () => {
    const after = withPage(head(5, 'c5'), 'c1', ['new', ...names(100, 99)], 'cX')
    expect(knownIds(after)).toEqual([...names(0, 100), 'new', ...names(100, 99)])
    expect(after.next).toBe('cX')
    expect(rowCount(after)).toBe(10_000)
  })

  it('leaves out what was asked before a change', () => {
    const now = head(2, 'c2')
    expect(withPage(now, 'c9', names(900, 100), 'c10')).toBe(now)
  })

  it('closes up over leads that are gone', () => {
    const after = withoutIds(head(3, 'c3', 400), new Set(['l0', 'l150', 'other']))
    expect(knownIds(after)).toHaveLength(298)
    expect(after.total).toBe(398)
    expect(after.pages.map((page) => page.cursor)).toEqual([null, 'c1', 'c2'])
    expect(withoutIds(after, new Set(['l0']))).toBe(after)
  })
})
