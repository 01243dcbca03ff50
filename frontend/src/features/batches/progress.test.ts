import { progressOf } from '@/features/batches/progress'
import { BATCHES } from '@/testing/fixtures'

describe('progressOf', () => {
  it('counts cached leads once', () => {
    const batch = { ...BATCHES[0]!, total: 100, done: 50, cached: 20, failed: 10, skipped: 5 }
    expect(progressOf(batch)).toEqual({
      finished: 65,
      part: 0.65,
      fresh: 0.3,
      cached: 0.2,
      failed: 0.1,
      skipped: 0.05,
    })
  })

  it('does not divide by an empty batch', () => {
    const batch = { ...BATCHES[0]!, total: 0, done: 0, cached: 0, failed: 0, skipped: 0 }
    expect(progressOf(batch).part).toBe(0)
  })
})
