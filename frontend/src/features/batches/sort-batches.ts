import type { Batch } from '@/api/contract'

export const BATCH_SORTS = ['newest', 'oldest', 'name', 'leads', 'failed', 'cost'] as const
export type BatchSort = (typeof BATCH_SORTS)[number]

const OPEN = new Set(['queued', 'running', 'paused'])

/** Still to be finished: waiting, running or paused. */
export function isOpen(batch: Batch): boolean {
  return OPEN.has(batch.status)
}

/** The batches whose name holds the text, in an order; the server gives the newest first. */
export function findBatches(batches: readonly Batch[], q: string, sort: BatchSort): Batch[] {
  const by: Record<BatchSort, (a: Batch, b: Batch) => number> = {
    newest: () => 0,
    oldest: (a, b) => a.created_at.localeCompare(b.created_at),
    name: (a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }),
    leads: (a, b) => b.total - a.total,
    failed: (a, b) => b.failed - a.failed,
    cost: (a, b) => b.cost_micros - a.cost_micros,
  }
  const text = q.trim().toLowerCase()
  return batches.filter((each) => each.name.toLowerCase().includes(text)).sort(by[sort])
}
