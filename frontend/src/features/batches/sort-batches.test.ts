import { findBatches, isOpen } from '@/features/batches/sort-batches'
import { BATCHES } from '@/testing/fixtures'

const one = BATCHES[0]!
const batches = [
  { ...one, id: 'c', name: 'Batch 10', total: 5, created_at: '2026-03-03T00:00:00Z' },
  { ...one, id: 'b', name: 'Batch 9', total: 50, created_at: '2026-03-02T00:00:00Z' },
  { ...one, id: 'a', name: 'Other', total: 1, created_at: '2026-03-01T00:00:00Z' },
]
const ids = (...args: [string, Parameters<typeof findBatches>[2]]) =>
  findBatches(batches, ...args).map(({ id }) => id)

describe('findBatches', () => {
  it.each([
    ['', 'newest', ['c', 'b', 'a']],
    ['', 'oldest', ['a', 'b', 'c']],
    ['', 'leads', ['b', 'c', 'a']],
    ['BATCH ', 'name', ['b', 'c']],
    ['nothing', 'cost', []],
  ] as const)('finds “%s” by %s', (q, sort, want) => expect(ids(q, sort)).toEqual(want))
})

describe('isOpen', () => {
  it.each([
    ['paused', true],
    ['queued', true],
    ['running', true],
    ['finished', false],
    ['canceled', false],
  ] as const)('%s: %s', (status, open) => expect(isOpen({ ...one, status })).toBe(open))
})
