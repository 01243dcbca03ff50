import type { LiveEvent } from '@/api/contract'
import { byDay } from '@/features/leads/one/timeline-days'

let seq = 100
function event(type: string, at: string, some: Partial<LiveEvent> = {}): LiveEvent {
  const subject = { kind: 'lead', id: 'l' }
  return { seq: seq--, type, at: `${at}:00`, subject, actor_id: 'u1', data: {}, ...some }
}

/** What the days hold, as "type×times". */
function shape(events: LiveEvent[]): string[][] {
  return byDay(events).map((day) =>
    day.happenings.map(({ event: each, times }) => `${each.type}×${times}`),
  )
}

describe('byDay', () => {
  it('parts days at local midnight', () => {
    const events = [event('a.b', '2026-03-02T00:01'), event('a.b', '2026-03-01T23:59')]
    expect(shape(events)).toEqual([['a.b×1'], ['a.b×1']])
  })

  it('counts what one person did many times in a row', () => {
    const edit = (at: string, actor = 'u1') => event('message.edited', at, { actor_id: actor })
    const events = [
      edit('2026-03-02T10:03'),
      edit('2026-03-02T10:02'),
      edit('2026-03-02T10:01', 'u2'),
      event('lead.found', '2026-03-02T09:00'),
      event('lead.found', '2026-03-02T08:00'),
      edit('2026-03-01T10:00'),
    ]
    expect(shape(events)).toEqual([
      ['message.edited×2', 'message.edited×1', 'lead.found×1', 'lead.found×1'],
      ['message.edited×1'],
    ])
  })

  it('keeps changes of different fields apart', () => {
    const change = (fields: string[]) =>
      event('lead.updated', '2026-03-02T10:00', { data: { fields } })
    expect(shape([change(['title']), change(['title']), change(['phone'])])).toEqual([
      ['lead.updated×2', 'lead.updated×1'],
    ])
  })
})
