import {
  changedParts,
  inOrder,
  moved,
  type SavedView,
  type ViewState,
} from '@/features/views/view-state'

const base: ViewState = {
  q: 'stock',
  filter: 'grade in (A+,A) and country = GB',
  sort: '-score',
  mode: 'table',
  columns: [
    { id: 'name', width: 190, hidden: false },
    { id: 'grade', width: 68, hidden: false },
    { id: 'email', width: 210, hidden: true },
  ],
}

describe('what of a view was changed', () => {
  it.each([
    ['nothing', {}, []],
    ['the words', { q: 'orders' }, ['q']],
    ['spaces around them', { q: ' stock ' }, []],
    ['the filter', { filter: 'grade = A' }, ['filter']],
    ['a filter taken away', { filter: '' }, ['filter']],
    ['another way to write it', { filter: 'Grade IN ("A+", A)  and (country = "GB")' }, []],
    ['one that cannot be read', { filter: 'grade in' }, ['filter']],
    ['the order', { sort: 'name' }, ['sort']],
    ['the mode', { mode: 'cards' }, ['mode']],
    [
      'a wider column',
      { columns: [{ id: 'name', width: 250, hidden: false }, ...base.columns.slice(1)] },
      ['columns'],
    ],
    [
      'the columns about',
      { columns: [base.columns[1], base.columns[0], base.columns[2]] },
      ['columns'],
    ],
    [
      'a column shown',
      { columns: base.columns.map((each) => ({ ...each, hidden: false })) },
      ['columns'],
    ],
    [
      'the place of a hidden one',
      { columns: [base.columns[2], base.columns[0], base.columns[1]] },
      [],
    ],
    ['two things', { q: '', sort: '' }, ['q', 'sort']],
  ] as [string, Partial<ViewState>, string[]][])('%s', (_, change, want) => {
    expect(changedParts({ ...base, ...change }, base)).toEqual(want)
  })
})

const view = (id: string, position: number, mine = true): SavedView => ({
  ...base,
  id,
  name: id,
  shared: !mine,
  mine,
  position,
  version: 1,
})

describe('the order of views', () => {
  it('puts own ones first, by position, then name', () => {
    const views = [view('theirs', 0, false), view('c', 2), view('b', 1), view('a', 1)]
    expect(inOrder(views).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'theirs'])
  })

  it.each([
    ['c', 0, 'c0 a1 b2'],
    ['a', 2, 'b0 c1 a2'],
    ['b', 0, 'b0 a1'],
    ['a', 0, ''],
    ['a', -5, ''],
    ['c', 99, ''],
    ['theirs', 0, ''],
  ])('%s moved to %d changes as few as it can', (id, to, want) => {
    const views = [view('a', 0), view('b', 1), view('c', 2), view('theirs', 0, false)]
    expect(
      moved(views, id, to)
        .map((each) => each.id + each.position)
        .join(' '),
    ).toBe(want)
  })

  it('mends positions that are the same', () => {
    const changed = moved([view('a', 5), view('b', 5), view('c', 5)], 'c', 0)
    expect(changed.map((each) => each.id + each.position)).toEqual(['c0', 'a1', 'b2'])
  })
})
