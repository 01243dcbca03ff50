export interface RecentEvent {
  seq: number
  type: string
  at: string
  subject: { kind: string; id: string }
}

export interface Gathered {
  event: RecentEvent
  /** How many of a kind came in a row. */
  count: number
}

/** Runs of the same kind of event become one line, so that an import of thousands is not all there is to read. */
export function gatherEvents(events: readonly RecentEvent[]): Gathered[] {
  const lines: Gathered[] = []
  for (const event of events) {
    const last = lines.at(-1)
    if (last?.event.type === event.type) last.count++
    else lines.push({ event, count: 1 })
  }
  return lines
}

/** The leads that stand alone on a line: those are told by name. */
export function leadsOf(lines: readonly Gathered[]): string[] {
  const alone = lines.filter(({ event, count }) => count === 1 && event.subject.kind === 'lead')
  return [...new Set(alone.map(({ event }) => event.subject.id))]
}
