import { excerpt, pieces } from '@/utils/excerpt'

const LONG = 'word '.repeat(40_000)

describe('excerpt', () => {
  it('shows a short text whole', () => {
    expect(excerpt('abc', [])).toEqual([{ start: 0, end: 3 }])
  })

  it('keeps every wanted stretch in sight, however far down it stands', () => {
    const wanted = [
      { start: 150_000, end: 150_050 },
      { start: 150_100, end: 150_200 },
      { start: 199_990, end: 200_000 },
    ]
    const slices = excerpt(LONG, wanted)
    for (const { start, end } of wanted) {
      expect(slices.some((slice) => slice.start <= start && slice.end >= end)).toBe(true)
    }
    expect(slices).toHaveLength(3)
    expect(slices.reduce((sum, slice) => sum + slice.end - slice.start, 0)).toBeLessThan(24_000)
  })

  it('gives slices in order and none over another', () => {
    const slices = excerpt(LONG, [
      { start: 90_000, end: 90_010 },
      { start: 19_900, end: 20_100 },
    ])
    for (let i = 1; i < slices.length; i++) {
      expect(slices[i]!.start).toBeGreaterThan(slices[i - 1]!.end)
    }
  })

  it('never cuts a pictogram in two', () => {
    const text = '😬'.repeat(20_000)
    for (const { start, end } of excerpt(text, [{ start: 30_000, end: 30_002 }], 1001)) {
      expect(text.slice(start, end)).not.toMatch(/^[\udc00-\udfff]|[\ud800-\udbff]$/)
    }
  })
})

describe('pieces', () => {
  it.each([
    ['words', LONG],
    ['lines', 'a line of text\n'.repeat(9000)],
    ['one word', 'x'.repeat(90_000)],
  ])('joined give the text back: %s', (_name, text) => {
    const cut = pieces({ start: 0, end: text.length }, text, 5000)
    expect(cut.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text)
    for (const { start, end } of cut) expect(end - start).toBeLessThanOrEqual(5000)
  })
})
