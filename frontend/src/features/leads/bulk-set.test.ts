import { type Setting, toSet } from '@/features/leads/bulk-set'

const of = (field: Setting['field'], value: string, name = ''): Setting => ({
  field,
  name,
  value,
  none: false,
})
const none = (field: Setting['field'], name = ''): Setting => ({
  field,
  name,
  value: 'typed before',
  none: true,
})

describe('what an edit of many leads sets', () => {
  it.each([
    [[of('status', 'won')], { status: 'won' }],
    [[of('country', ' GB '), none('title')], { country: 'GB', title: '' }],
    [[of('value', '1 200,50')], { value_micros: 1_200_500_000 }],
    [[none('value')], { value_micros: null }],
    [
      [of('custom', '500', ' budget '), none('custom', 'old')],
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
    [[of('title', 'x'), of('company', ' ')]],
    [[none('custom')]],
    [[none('status')]],
  ])('waits while something is missing: %j', (settings) => {
    expect(toSet(settings)).toBeNull()
  })
})
