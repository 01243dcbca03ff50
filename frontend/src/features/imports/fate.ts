import type { Import } from '@/api/contract'

/** What can become of a row; together they are all rows of the file. */
export const FATES = ['created', 'updated', 'unchanged', 'duplicate', 'rejected'] as const
export type Fate = (typeof FATES)[number]

export const FATE_INK: Record<Fate, string> = {
  created: 'text-good',
  updated: 'text-accent-text',
  unchanged: 'text-ink-2',
  duplicate: 'text-ink-2',
  rejected: 'text-bad',
}

export const FATE_FILL: Record<Fate, string> = {
  created: 'bg-good',
  updated: 'bg-accent',
  unchanged: 'bg-line-strong',
  duplicate: 'bg-ink-3',
  rejected: 'bg-bad',
}

/** Rows that have met their fate. */
export function seenRows(item: Import): number {
  return FATES.reduce((sum, fate) => sum + item[fate], 0)
}

export interface Pace {
  /** Rows a second; null before it can be told. */
  rate: number | null
  secondsLeft: number | null
}

/** How quick an import is since it began, and how long the rest takes at that pace. */
export function paceOf(item: Import, now: number): Pace {
  const seen = seenRows(item)
  if (!item.started_at || seen === 0) return { rate: null, secondsLeft: null }
  const seconds = (now - Date.parse(item.started_at)) / 1000
  // A clock that is behind the server's must not make the rate negative.
  if (seconds < 0.5) return { rate: null, secondsLeft: null }
  const rate = seen / seconds
  return { rate, secondsLeft: Math.max(0, item.rows_total - seen) / rate }
}
