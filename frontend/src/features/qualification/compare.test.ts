import { compareAnalyses } from '@/features/qualification/compare'
import { whyGrade } from '@/features/qualification/why'
import { LEADS, makeAnalysis } from '@/testing/fixtures'

const one = makeAnalysis(LEADS[0]!)

describe('compareAnalyses', () => {
  it('finds nothing between an analysis and itself, whatever the keys', () => {
    const again = { ...one, claims: one.claims.map((claim, i) => ({ ...claim, key: `x${i}` })) }
    const same = compareAnalyses(one, again)
    expect([same.gained, same.lost]).toEqual([[], []])
    expect(same.kept).toBe(one.claims.length)
    expect(same.parts.every((part) => part.by === 0)).toBe(true)
  })

  it('tells claims gained and lost, and by how much each part moved', () => {
    const claim = { ...one.claims[0]!, quote: 'something else' }
    const two = {
      ...one,
      claims: [...one.claims.slice(1), claim],
      breakdown: one.breakdown
        .slice(1)
        .map((row, i) => (i ? row : { ...row, points: row.points - 3 })),
    }
    const changes = compareAnalyses(one, two)
    expect(changes.lost).toEqual([one.claims[0]])
    expect(changes.gained).toEqual([claim])
    expect(changes.parts[0]).toMatchObject({ part: 'evidence', after: undefined, by: -37.2 })
    expect(changes.parts[1]!.by).toBeCloseTo(-3)
  })
})

describe('whyGrade', () => {
  const row = (part: string, points: number, max: number) => ({
    part,
    points,
    max,
    level: '',
    reason: '',
    weight: max,
  })

  it('names what gave most first, and what held back most', () => {
    const why = whyGrade([
      row('fit', 17, 17),
      row('evidence', 35, 39),
      row('urgency', 0, 15),
      row('authority', 4, 15),
    ])
    expect(why.strong.map((each) => each.part)).toEqual(['evidence', 'fit'])
    expect(why.weak.map((each) => each.part)).toEqual(['urgency', 'authority'])
  })

  it('says nothing of parts that can only take away', () => {
    expect(whyGrade([row('disqualifier', -50, 0)])).toEqual({ strong: [], weak: [] })
  })
})
