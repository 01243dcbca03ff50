import type { Lead } from '@/api/contract'
import { customFieldsOf } from '@/features/leads/use-known-custom-fields'

const lead = (custom: Lead['custom'] | null) => ({ custom }) as Pick<Lead, 'custom'>

describe('own fields that are offered', () => {
  it.each([
    ['none', [], []],
    ['none of leads without any', [lead({}), lead(null)], []],
    [
      'each once, by letters',
      [lead({ Plan: 'a', budget: '5' }), lead({ budget: '9' })],
      ['budget', 'Plan'],
    ],
    ['also those whose value is empty', [lead({ note: '' })], ['note']],
  ])('%s', (_, leads, names) => {
    expect(customFieldsOf(leads)).toEqual(names)
  })
})
