import { completeColumns, LEAD_COLUMNS, moveColumn, stepColumn } from '@/features/leads/column-list'

const ids = (columns: readonly { id: string }[]) => columns.map(({ id }) => id).join(' ')
const show = (...names: string[]) =>
  completeColumns(names.map((id) => ({ id, width: 100, hidden: false })))
const shown = (columns: readonly { id: string; hidden: boolean }[]) =>
  ids(columns.filter(({ hidden }) => !hidden))

describe('an arrangement of columns', () => {
  it.each([
    ['nothing kept gives the first arrangement', [], ids(LEAD_COLUMNS.filter((c) => !c.hidden))],
    ['the order is kept', ['name', 'status', 'grade'], 'name status grade'],
    ['the name stands in front', ['grade', 'name'], 'name grade'],
    ['the name is there though not named', ['grade'], 'name grade'],
    ['what is unknown or there twice is left out', ['name', 'x', 'grade', 'grade'], 'name grade'],
  ])('%s', (_, names, expected) => {
    expect(shown(show(...names))).toBe(expected)
  })

  it('always holds every column, once', () => {
    expect(ids(show('status')).split(' ').sort()).toEqual(LEAD_COLUMNS.map((c) => c.id).sort())
  })

  it('never hides the name; bounds widths; gives a column without one its own', () => {
    const columns = completeColumns([
      { id: 'name', width: 0, hidden: true },
      { id: 'grade', width: 9999, hidden: false },
      { id: 'score', width: 1, hidden: true },
    ])
    expect(columns.slice(0, 3)).toEqual([
      { id: 'name', width: 190, hidden: false },
      { id: 'grade', width: 800, hidden: false },
      { id: 'score', width: 48, hidden: true },
    ])
  })
})

describe('moving a column', () => {
  const columns = show('name', 'grade', 'score', 'status')

  it.each([
    ['status', 'grade', 'before', 'name status grade score'],
    ['grade', 'status', 'after', 'name score status grade'],
    ['grade', 'name', 'before', 'name grade score status'],
    ['name', 'status', 'after', 'name grade score status'],
    ['score', 'score', 'after', 'name grade score status'],
  ] as const)('%s to %s, %s', (id, target, side, expected) => {
    expect(shown(moveColumn(columns, id, target, side))).toBe(expected)
  })

  it('steps over hidden columns and stays within the ends', () => {
    const hidden = columns.map((c) => (c.id === 'score' ? { ...c, hidden: true } : c))
    expect(shown(stepColumn(hidden, 'status', -1))).toBe('name status grade')
    expect(shown(stepColumn(columns, 'status', 1))).toBe('name grade score status')
    expect(shown(stepColumn(columns, 'grade', -1))).toBe('name grade score status')
  })
})
