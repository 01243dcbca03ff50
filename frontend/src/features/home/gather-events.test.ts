import { gatherEvents } from '@/features/home/gather-events'

const event = (seq: number, type: string) => ({
  seq,
  type,
  at: '2026-03-01T09:00:00Z',
  subject: { kind: 'lead', id: String(seq) },
})

describe('gatherEvents', () => {
  it('joins runs and keeps the order', () => {
    const lines = gatherEvents([
      event(5, 'lead.found'),
      event(4, 'lead.found'),
      event(3, 'import.finished'),
      event(2, 'lead.found'),
    ])
    expect(lines.map(({ event: { seq }, count }) => [seq, count])).toEqual([
      [5, 2],
      [3, 1],
      [2, 1],
    ])
  })

  it('is empty without events', () => expect(gatherEvents([])).toEqual([]))
})
