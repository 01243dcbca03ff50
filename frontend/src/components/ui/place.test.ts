import { placeOf, type Placing } from '@/components/ui/place'

const WINDOW = { width: 1000, height: 600 }

function place(
  anchor: { left: number; top: number; width?: number; height?: number },
  layer: { width: number; height: number },
  placing: Placing = {},
  rtl = false,
) {
  const { left, top, width = 100, height = 30 } = anchor
  const box = { left, top, right: left + width, bottom: top + height }
  return placeOf({ anchor: box, layer, window: WINDOW, rtl }, placing)
}

describe('placeOf', () => {
  const small = { width: 200, height: 100 }
  it.each<[string, Parameters<typeof place>, { left: number; top: number }]>([
    ['under its anchor', [{ left: 300, top: 100 }, small], { left: 300, top: 134 }],
    [
      'over it when there is no room below',
      [{ left: 300, top: 500 }, small],
      { left: 300, top: 396 },
    ],
    [
      'over it when asked',
      [{ left: 300, top: 300 }, small, { side: 'top' }],
      { left: 300, top: 196 },
    ],
    [
      'under it when there is no room above',
      [{ left: 300, top: 50 }, small, { side: 'top' }],
      { left: 300, top: 84 },
    ],
    [
      'with the ends meeting',
      [{ left: 300, top: 100 }, small, { align: 'end' }],
      { left: 200, top: 134 },
    ],
    [
      'with the middles meeting',
      [{ left: 300, top: 100 }, small, { align: 'center' }],
      { left: 250, top: 134 },
    ],
    ['from right to left', [{ left: 300, top: 100 }, small, {}, true], { left: 200, top: 134 }],
    [
      'with the ends meeting, from right to left',
      [{ left: 300, top: 100 }, small, { align: 'end' }, true],
      { left: 300, top: 134 },
    ],
    ['within the window at its right', [{ left: 950, top: 100 }, small], { left: 792, top: 134 }],
    [
      'within the window at its left',
      [{ left: 0, top: 100 }, small, { align: 'end' }],
      { left: 8, top: 134 },
    ],
    [
      'at the left edge when it is too wide',
      [
        { left: 300, top: 100 },
        { width: 1200, height: 100 },
      ],
      { left: 8, top: 134 },
    ],
  ])('stands %s', (_where, args, expected) => {
    expect(place(...args)).toMatchObject(expected)
  })

  it('takes the larger side when it fits on neither, and says how much room there is', () => {
    const high = { width: 200, height: 700 }
    expect(place({ left: 300, top: 400 }, high, { bound: true })).toMatchObject({
      top: 8,
      room: 388,
    })
    expect(place({ left: 300, top: 100 }, high, { bound: true })).toMatchObject({
      top: 134,
      room: 458,
    })
  })
})
