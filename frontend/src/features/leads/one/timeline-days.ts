import type { LiveEvent } from '@/api/contract'

/** One line of the timeline: an event, and how often it came in a row. */
export interface Happening {
  event: LiveEvent
  times: number
}

export interface Day {
  /** Local midnight that begins the day, in ms. */
  start: number
  happenings: Happening[]
}

/** Kinds that people do many times over; a row of them is one line. */
const REPEATED = new Set(['message.edited', 'lead.updated', 'lead.corrected', 'lead.uncorrected'])

/** Events, newest first, by the day they came on; repeats by the same person are one line. */
export function byDay(events: readonly LiveEvent[]): Day[] {
  const days: Day[] = []
  for (const event of events) {
    const start = new Date(event.at).setHours(0, 0, 0, 0)
    let day = days.at(-1)
    if (day?.start !== start) days.push((day = { start, happenings: [] }))
    const last = day.happenings.at(-1)
    if (last && isRepeat(last.event, event)) last.times++
    else day.happenings.push({ event, times: 1 })
  }
  return days
}

function isRepeat(later: LiveEvent, earlier: LiveEvent): boolean {
  return (
    later.type === earlier.type &&
    later.actor_id === earlier.actor_id &&
    REPEATED.has(later.type) &&
    JSON.stringify(later.data?.fields) === JSON.stringify(earlier.data?.fields)
  )
}
