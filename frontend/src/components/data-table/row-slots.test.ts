import { RowSlots } from '@/components/data-table/row-slots'

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i)

describe('slots of rows', () => {
  it('are each one row’s, and as many as rows are drawn at once', () => {
    const slots = new RowSlots()
    for (let top = 0; top < 400; top += 7) {
      const rows = range(top, top + 40)
      const now = slots.assign(rows)
      expect([...now.keys()].sort((a, b) => a - b)).toEqual(rows)
      expect(new Set(now.values()).size).toBe(rows.length)
      expect(Math.max(...now.values())).toBeLessThan(41)
    }
  })

  it('stay with a row that stays drawn, however far the others have gone', () => {
    const slots = new RowSlots()
    const kept = slots.assign(range(0, 10)).get(5)
    for (const top of [4, 20, 300, 90]) {
      expect(slots.assign([...new Set([5, ...range(top, top + 10)])]).get(5)).toBe(kept)
    }
  })
})
