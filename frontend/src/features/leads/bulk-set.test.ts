import { isComplete, type Setting, toSet } from '@/features/leads/bulk-set'

const of = (field: Setting['field'], value: string, name = ''): Setting => ({ field, name, value })

describe('what an edit of many leads sets', () => {
  it.each([
    [[of('status', 'won')], { status: 'won' }],
    [[of('country', ' GB '), of('title', '')], { country: 'GB', title: '' }],
    [[of('value', '1 200,50')], { value_micros: 1_200_500_000 }],
    [[of('value', '')], { value_micros: null }],
    [
      [of('custom', '500', ' budget '), of('custom', '', 'old')],
      { custom: { budget: '500', old: null } },
    ],
    [[of('title', 'a'), of('title', 'b')], { title: 'b' }],
  ])('%j', (settings, want) => {
    expect(toSet(settings)).toEqual(want)
  })

  it.each([
    [[]],
    [[of('status', '')]],
    [[of('value', 'much')]],
    [[of('custom', 'x', ' ')]],
    [[of('title', 'x'), of('status', '')]],
  ])('waits while something is missing: %j', (settings) => {
    expect(toSet(settings)).toBeNull()
  })

  it('takes an empty text for "no value"', () => {
    expect(isComplete(of('company', ''))).toBe(true)
  })
})
