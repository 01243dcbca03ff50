import type { Batch } from '@/api/contract'

export interface Progress {
  finished: number
  part: number
  /** Shares of the whole, 0–1. */
  fresh: number
  cached: number
  failed: number
  skipped: number
}

/**
 * How far a batch is. `done` counts every analysed lead, those answered from
 * the cache among them; failed and skipped leads are finished too.
 */
export function progressOf(batch: Batch): Progress {
  const total = Math.max(1, batch.total)
  const finished = batch.done + batch.failed + batch.skipped
  return {
    finished,
    part: Math.min(1, finished / total),
    fresh: Math.max(0, batch.done - batch.cached) / total,
    cached: batch.cached / total,
    failed: batch.failed / total,
    skipped: batch.skipped / total,
  }
}
