import { paceOf } from '@/features/imports/fate'
import { IMPORT } from '@/testing/fixtures'

const at = Date.parse('2026-03-01T09:00:00Z')
const item = {
  ...IMPORT,
  started_at: '2026-03-01T09:00:00Z',
  rows_total: 1000,
  created: 150,
  updated: 30,
  unchanged: 10,
  duplicate: 5,
  rejected: 5,
}

describe('paceOf', () => {
  it('counts every row that met a fate', () => {
    expect(paceOf(item, at + 4000)).toEqual({ rate: 50, secondsLeft: 16 })
  })

  it.each([
    ['a clock behind the server', item, at - 60_000],
    [
      'nothing done yet',
      { ...item, created: 0, updated: 0, unchanged: 0, duplicate: 0, rejected: 0 },
      at + 9000,
    ],
    ['not started', { ...item, started_at: null }, at + 9000],
  ])('tells nothing with %s', (_, each, now) => {
    expect(paceOf(each, now)).toEqual({ rate: null, secondsLeft: null })
  })

  it('never tells a negative rest', () => {
    expect(paceOf({ ...item, rows_total: 10 }, at + 4000).secondsLeft).toBe(0)
  })
})
