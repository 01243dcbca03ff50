import type { DuplicateState } from '@/api/contract'
import type { QueueFilter } from '@/features/duplicates/queries'

export const STATES = ['open', 'skipped', 'different', 'merged'] as const satisfies DuplicateState[]

/** The least confidences that are offered; 0 is any. */
export const LEAST = [0, 0.5, 0.8, 0.9, 0.95, 0.99] as const

/** Reads which pairs an address shows; what it cannot mean is left out. */
export function readFilter(params: URLSearchParams): QueueFilter {
  const state = STATES.find((each) => each === params.get('state')) ?? 'open'
  const min = Number(params.get('min'))
  return { state, min: min > 0 && min <= 1 ? min : 0, lead: params.get('lead') }
}

/** Writes it; what goes without saying is left out. */
export function writeFilter(filter: QueueFilter, pair: string | null): URLSearchParams {
  const params = new URLSearchParams()
  if (filter.state !== 'open') params.set('state', filter.state)
  if (filter.min > 0) params.set('min', String(filter.min))
  if (filter.lead) params.set('lead', filter.lead)
  if (pair) params.set('pair', pair)
  return params
}

interface HasId {
  id: string
}

/** The pairs of all pages that wait for no answer; one that moved from page to page stands once. */
export function waiting<T extends HasId>(
  pages: readonly { items: readonly T[] }[],
  judging: ReadonlySet<string>,
): T[] {
  const seen = new Set(judging)
  return pages.flatMap(({ items }) =>
    items.filter(({ id }) => !seen.has(id) && Boolean(seen.add(id))),
  )
}

/** Which pair comes when the one at hand is done with: the next, at the end the one before. */
export function following(items: readonly HasId[], id: string | null): string | null {
  const at = items.findIndex((each) => each.id === id)
  if (at < 0) return items[0]?.id ?? null
  return (items[at + 1] ?? items[at - 1])?.id ?? null
}

/** The pair some places further; the ends hold. */
export function stepped(items: readonly HasId[], id: string | null, by: 1 | -1): string | null {
  if (items.length === 0) return null
  const at = items.findIndex((each) => each.id === id)
  if (at < 0) return items[0]!.id
  return items[Math.min(Math.max(at + by, 0), items.length - 1)]!.id
}
