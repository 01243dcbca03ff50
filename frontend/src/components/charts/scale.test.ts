import { niceTop, points } from '@/components/charts/scale'

it.each([
  [0, 1],
  [-4, 1],
  [Number.NaN, 1],
  [1, 1],
  [7, 10],
  [11, 20],
  [21, 25],
  [480, 500],
  [0.03, 0.05],
])('rounds an axis for %d up to %d', (most, top) => {
  expect(niceTop(most)).toBeCloseTo(top)
})

it('starts at zero and keeps every point in its box', () => {
  expect(points([0, 5, 10, 99, -3], 10, 100, 50)).toEqual([
    { x: 0, y: 50 },
    { x: 25, y: 25 },
    { x: 50, y: 0 },
    { x: 75, y: 0 },
    { x: 100, y: 50 },
  ])
  expect(points([5], 10, 100, 50)).toEqual([{ x: 50, y: 25 }])
})
