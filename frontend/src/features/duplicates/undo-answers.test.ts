import type { MergeChange } from '@/api/contract'
import { answersOf } from '@/features/duplicates/undo-answers'

const change = (has: Partial<MergeChange>): MergeChange => ({
  field: 'title',
  before: '',
  after: 'Head',
  asked: true,
  to: ['a'],
  why: 'nobody_had',
  options: ['a', 'b', 'all'],
  ...has,
})

it.each<[string, Partial<MergeChange>, Record<string, string>, Record<string, string | null>]>([
  ['takes the suggestion', {}, {}, { title: 'a' }],
  ['takes the answer', {}, { title: 'b' }, { title: 'b' }],
  ['takes both when both are suggested', { to: ['a', 'b'] }, {}, { title: 'all' }],
  ['asks when nothing is suggested', { to: [] }, {}, { title: null }],
  ['drops an answer that is none any more', { options: ['a'] }, { title: 'b' }, { title: 'a' }],
  ['asks nothing that is decided', { asked: false }, { title: 'b' }, {}],
])('%s', (_name, has, chosen, want) => {
  expect(answersOf([change(has)], chosen)).toEqual(want)
})
