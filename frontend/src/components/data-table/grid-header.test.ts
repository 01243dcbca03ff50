import { pressSort } from '@/components/data-table/grid-header'
import { parseSort, writeSort } from '@/utils/sort'

const standing = parseSort('-score,-created_at')
const score = { sortField: 'score', sortFirst: 'desc' as const }
const name = { sortField: 'name', sortFirst: 'asc' as const }

describe('a press on a column', () => {
  it.each([
    ['the standing sort turns round', '', score, false, 'score'],
    ['letters begin with A', '', name, false, 'name'],
    ['then with Z', 'name', name, false, '-name'],
    ['then not at all', '-name', name, false, ''],
    ['another one takes its place', 'name', score, false, '-score'],
    ['with Shift it is added', 'name', score, true, 'name,-score'],
    ['with Shift it is turned where it stands', 'name,-score', score, true, 'name,score'],
    ['with Shift it is taken away', 'name,score', score, true, 'name'],
    ['with Shift the standing sort is no choice', '', name, true, 'name'],
  ])('%s', (_, chosen, column, add, expected) => {
    const sort = pressSort({ chosen: parseSort(chosen), standing }, column, add)
    expect(writeSort(sort)).toBe(expected)
  })
})
