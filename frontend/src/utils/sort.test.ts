import { parseSort, toggleSort, writeSort } from '@/utils/sort'

describe('sort', () => {
  it('reads and writes the same text', () => {
    expect(writeSort(parseSort('-score,created_at'))).toBe('-score,created_at')
  })

  it('leaves out what is no field name', () => {
    expect(parseSort('score; drop table, -name,,--x')).toEqual([{ field: 'name', desc: true }])
  })

  it('walks through descending, ascending and off', () => {
    const one = toggleSort([], 'score', false)
    const two = toggleSort(one, 'score', false)
    expect(writeSort(one)).toBe('-score')
    expect(writeSort(two)).toBe('score')
    expect(toggleSort(two, 'score', false)).toEqual([])
  })

  it('adds a further column when asked, and replaces otherwise', () => {
    const score = parseSort('-score')
    expect(writeSort(toggleSort(score, 'name', true))).toBe('-score,-name')
    expect(writeSort(toggleSort(score, 'name', false))).toBe('-name')
  })
})
