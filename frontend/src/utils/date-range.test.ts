import { isBackwards, presetRange } from '@/utils/date-range'

const NOW = new Date(2025, 2, 3, 23, 30)

it.each([
  ['today', '2025-03-03'],
  ['last7', '2025-02-25'],
  ['last30', '2025-02-02'],
  ['last90', '2024-12-04'],
  ['thisMonth', '2025-03-01'],
] as const)('%s starts on %s and ends today', (preset, from) => {
  expect(presetRange(preset, NOW)).toEqual({ from, to: '2025-03-03' })
})

it('sees a range that runs backwards, and takes open ends', () => {
  expect(isBackwards({ from: '2025-02-02', to: '2025-02-01' })).toBe(true)
  expect(isBackwards({ from: '2025-02-02', to: '2025-02-02' })).toBe(false)
  expect(isBackwards({ from: '2025-02-02', to: '' })).toBe(false)
})
